// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <string_view>

namespace atelier::image {

/// What is read of a PNG without its decoder, so that huge and animated files are refused in words.
struct PngHead {
  std::uint32_t width = 0, height = 0;  ///< px; 0 when the file has no proper IHDR
  std::uint32_t frames = 1;             ///< of an animation (APNG 1.0, chunk acTL)
};

/// Reads the chunks before the first IDAT (PNG 1.2, W3C Recommendation 2003).
[[nodiscard]] PngHead read_png_head(std::istream& in);

/// An iTXt chunk (UTF-8, not compressed). libvips writes text as zTXt, which is Latin-1.
[[nodiscard]] std::string png_text_chunk(std::string_view keyword, std::string_view text);

/// Where it may stand: the bytes of the signature and of IHDR, which comes first.
inline constexpr std::size_t png_text_at = 8 + 4 + 4 + 13 + 4;

}  // namespace atelier::image
