// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vips/vips8>

#include "atelier/image/file.hpp"
#include "image/formats.hpp"

namespace atelier::image {

/// A picture file whose head was read and found good; no pixel is decoded yet.
struct Source {
  std::filesystem::path path;
  Format format;
  FileInfo info;
  int orientation = 1;  ///< EXIF
  Size stored;          ///< before orientation
  bool in_one_piece =
      false;  ///< its decoder holds the whole picture: interlaced, progressive, WebP
  vips::VImage head;
};

/// Throws as load().
[[nodiscard]] Source open_source(const std::filesystem::path& path);

/// The pixels, to be read once from top to bottom. JPEG can be made smaller by 2, 4 or 8 while
/// decoding. `strict` also fails on what JPEG's decoder only warns of.
[[nodiscard]] vips::VImage decode(const Source& source, int shrink = 1, bool strict = false);

/// Throws Error bad_input: the file is damaged or cut short, for this reason.
[[noreturn]] void fail_damaged(const std::filesystem::path& path, const std::string& reason);

}  // namespace atelier::image
