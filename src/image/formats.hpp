// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace atelier::image {

/// The picture formats that are read and written.
enum class Format { png, jpeg, tiff, webp };

/// "png", "jpeg", "tiff" or "webp".
[[nodiscard]] std::string_view name_of(Format format);

/// The format a file's first bytes show. 16 bytes decide.
[[nodiscard]] std::optional<Format> format_of_content(std::string_view head);

/// What else a file's first bytes show it to be, for messages: "a GIF picture", "text", "of an
/// unknown type".
[[nodiscard]] std::string_view other_content(std::string_view head);

/// The format a path's suffix asks for, in either case: .png .jpg .jpeg .tif .tiff .webp.
[[nodiscard]] std::optional<Format> format_of_suffix(const std::filesystem::path& path);

}  // namespace atelier::image
