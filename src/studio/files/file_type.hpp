// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace atelier::studio {

/// What a file is, told by its content.
struct FileType {
  /// "picture", "film", "music", "palette", "drawing", "page", "text", "model", "dataset",
  /// "credential" or "archive"
  std::string kind;
  std::string media;   ///< "image/png"
  std::string suffix;  ///< "png", the only name that programs see it by
};

/// How many of a file's first and last bytes tell what it is.
inline constexpr std::size_t sniffed_bytes = 4096, sniffed_end = 8;

/// The type of a file that begins with `head`, its first sniffed_bytes or all of it, and ends with
/// `tail`, its last sniffed_end; nothing where it is no kind of file that the studio knows. What
/// begins like none is text when it is UTF-8 without control characters.
[[nodiscard]] std::optional<FileType> sniff(std::string_view head, std::string_view tail = {});

}  // namespace atelier::studio
