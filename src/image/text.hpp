// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace atelier::image {

/// How much of each pixel a text covers, 0..255, top row first.
struct Text {
  int width = 0, height = 0;  ///< px
  std::vector<std::uint8_t> cover;
};

enum class Align { left, centre };

/// Draws plain text in a sans-serif type of this size, px from line to line about; lines are broken
/// at `width` px, within a word where there is no other way. Empty for an empty text. Throws Error
/// missing_capability where the image library draws no text.
[[nodiscard]] Text draw_text(const std::string& text, int size, int width, Align align, bool bold);

}  // namespace atelier::image
