// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

namespace atelier::film {

/// What a file is, by its first bytes.
enum class Container {
  none,      ///< nothing known here; FFmpeg may still know it
  iso,       ///< MP4, MOV and their kin (ISO/IEC 14496-12)
  matroska,  ///< Matroska and WebM (RFC 9559)
  avi,       ///< RIFF AVI
  gif,       ///< GIF87a, GIF89a
  webp,      ///< RIFF WEBP
  png,       ///< PNG or APNG
  picture,   ///< a still picture of another kind
};

/// A file's outer structure, read without decoding anything.
struct Outline {
  Container container = Container::none;
  std::string what;                    ///< for messages: "a PNG picture", "text", ...
  bool cut_short = false;              ///< it declares more than there is
  std::optional<std::int64_t> frames;  ///< GIF, WebP, PNG: counted or declared
  int loops = 0;                       ///< GIF: times it is played, 0 for ever
};

/// A regular file with something in it, opened for reading. Throws Error bad_input.
[[nodiscard]] std::ifstream open_film(const std::filesystem::path& path);

/// Walks the boxes, chunks or blocks of a file to its end. Linear in their number, not their size.
[[nodiscard]] Outline outline_of(std::ifstream& file);

}  // namespace atelier::film
