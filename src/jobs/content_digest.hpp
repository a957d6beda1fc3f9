// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace atelier::jobs {

/// SHA-256 of a content: of a file, its bytes'; of a numbered sequence of pictures
/// (`frames/%05d.png`), that of the SHA-256 of each picture, in their order. Throws Error bad_input
/// when it cannot be read.
[[nodiscard]] std::string content_digest(const std::filesystem::path& content);

}  // namespace atelier::jobs
