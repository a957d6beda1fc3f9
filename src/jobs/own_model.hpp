// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace atelier::jobs {

/// models/NAME.safetensors, which comes along. Throws Error missing_weights when it does not lie
/// beside this program; `otherwise`: what to do then but to set ATELIER_DATA, as in "name one of
/// your own with --model".
[[nodiscard]] std::filesystem::path own_model(std::string_view name, std::string_view otherwise);

}  // namespace atelier::jobs
