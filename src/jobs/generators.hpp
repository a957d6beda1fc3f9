// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace atelier::jobs {

/// The file of a generator: a name stands for one that comes with Atelier,
/// models/gan_NAME.safetensors; anything with a suffix or a folder is a path. Throws Error
/// missing_weights when no such model comes with it.
[[nodiscard]] std::filesystem::path generator_file(const std::string& model);

}  // namespace atelier::jobs
