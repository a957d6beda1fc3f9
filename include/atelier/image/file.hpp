// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "atelier/image/image.hpp"

namespace atelier::image {

/// Largest picture that is opened, in pixels (a square of 65,536). A file that declares more is
/// refused before anything of it is decoded.
inline constexpr double max_pixels = 65536.0 * 65536.0;

/// Largest picture that is decoded without being made smaller while streaming, in pixels.
inline constexpr double max_pixels_in_memory = 16384.0 * 16384.0;

/// Longest recipe a picture keeps, in bytes. JPEG holds about 55,000.
inline constexpr std::size_t max_recipe_bytes = 1 << 20;

struct LoadOptions {
  int long_edge =
      0;  ///< px; the picture is resized to it (Lanczos 3, either way); 0 keeps its own size
  int min_edge = 16;  ///< px; a picture of which either edge is shorter, after resizing, is refused
};

/// What a file declares, before decoding.
struct FileInfo {
  Size size;           ///< as people see it, EXIF orientation applied
  std::string format;  ///< "png", "jpeg", "tiff", "webp"
  int bits = 8;        ///< 8 or 16
  bool alpha = false;
  int pages = 1;
};

/// Throws as load().
[[nodiscard]] FileInfo probe(const std::filesystem::path& path);

/// Opens a PNG, JPEG, TIFF or WebP by its content, not its suffix; streams it to the asked size;
/// applies EXIF orientation and the embedded ICC profile (to sRGB, relative colorimetric with
/// black-point compensation); accepts grey, CMYK, palette, Lab, 1 to 16 bit; keeps alpha. Of
/// several pages of a TIFF the first is taken; an animation (GIF is not read; WebP or PNG with
/// several frames) is refused.
///
/// A profile that is damaged or does not fit the channels counts as none: RGB is then sRGB, grey
/// has sRGB's curve, CMYK is typical offset print. A JPEG of at least 4 times the asked size is
/// made smaller by its decoder first, so that at least twice the asked size is left to Lanczos.
///
/// Throws Error bad_input when the file is missing, a folder, unreadable, empty, truncated,
/// damaged, of another type, animated, above max_pixels, above max_pixels_in_memory where it cannot
/// be streamed to less, or smaller than min_edge; out_of_memory when it would not fit into what is
/// free now: one sentence with the path and the remedy. WebP has no check sums, so that changed
/// bytes within it can go unseen.
[[nodiscard]] Image load(const std::filesystem::path& path, const LoadOptions& options = {});

struct SaveOptions {
  int bits = 0;          ///< 8 or 16; 0: as Image::bits. JPEG and WebP are always 8
  int quality = 92;      ///< JPEG and WebP, 1..100
  bool quick = false;    ///< PNG: written sooner and larger, for files that do not stay
  std::string recipe{};  ///< JSON kept in the metadata; empty: none
};

/// Refuses an output path whose suffix names no format that can be written, or whose folder cannot
/// be written to, before any work is done. Throws Error invalid_argument or io.
void check_output(const std::filesystem::path& path);

/// Writes PNG, JPEG, TIFF or WebP by suffix, tagged sRGB, 16 bit by request (PNG, TIFF), alpha
/// where the format has it (JPEG: laid on white), the recipe in PNG text "atelier:recipe" or XMP
/// elsewhere. JPEG keeps colour at full resolution from quality 90 on. The file appears whole or
/// not at all, and the same picture and options give the same bytes; values outside 0..1 are
/// clipped and rounded to nearest.
///
/// Throws Error invalid_argument for a suffix, an option, values that are not finite, a recipe that
/// is not JSON or too long, and a picture above the format's edge (JPEG 65,500 px, WebP 16,383 px);
/// io when it cannot be written. Nothing is left behind then, and an older file stays.
void save(const Image& image, const std::filesystem::path& path, const SaveOptions& options = {});

/// The recipe kept in a picture's metadata by save(), if there is one. Throws as load().
[[nodiscard]] std::optional<std::string> read_recipe(const std::filesystem::path& path);

/// Lanczos 3 to exactly this size, either way, on sRGB-encoded values; a constant stays exactly the
/// same. Colour is premultiplied by alpha while filtering and 0 where nothing covers; overshoot is
/// clipped to 0..1. Throws Error invalid_argument when an edge is below 1 px.
[[nodiscard]] Image resize(const Image& image, Size size);

}  // namespace atelier::image
