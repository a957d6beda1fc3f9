// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "atelier/image/image.hpp"
#include "image/sheet_layout.hpp"
#include "image/text.hpp"

namespace atelier::image {

inline constexpr int longest_edge = 30'000;                               ///< px, of sheets
inline constexpr float ink = 0.13F, faint_ink = 0.35F, line_grey = 0.7F;  ///< sRGB grey

/// White paper that pictures, texts and lines are put on by hand. What is drawn must lie on it.
class Canvas {
 public:
  explicit Canvas(Size size);

  void draw(const Image& picture, Place at);
  void draw(const Text& text, Place at, float grey);
  /// Filled with grey.
  void draw_box(Place at, Size size, float grey);
  /// Filled with a colour, sRGB in 0..1.
  void draw_box(Place at, Size size, const std::array<float, 3>& colour);

  [[nodiscard]] Image take() { return std::move(image_); }

 private:
  [[nodiscard]] std::ptrdiff_t offset(int x, int y) const {
    return 3 * (std::ptrdiff_t{y} * image_.width + x);
  }

  Image image_;
};

}  // namespace atelier::image
