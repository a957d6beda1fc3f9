// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/image/oklab.hpp"

namespace atelier::palette::test {

/// One colour everywhere.
inline image::Image flat(image::Size size, const image::Rgb& rgb) {
  image::Image picture{size.width, size.height, {}, {}};
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    for (const double value : rgb) picture.rgb.push_back(static_cast<float>(value));
  }
  return picture;
}

/// A rectangle of another colour put onto it.
inline void put(image::Image& picture, int left, int top, image::Size size, const image::Rgb& rgb) {
  for (int y = top; y < top + size.height; ++y) {
    for (int x = left; x < left + size.width; ++x) {
      for (std::size_t c = 0; c < 3; ++c) {
        picture.rgb[3 * (static_cast<std::size_t>(y) * picture.width + x) + c] =
            static_cast<float>(rgb[c]);
      }
    }
  }
}

}  // namespace atelier::palette::test
