// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "atelier/image/image.hpp"

namespace atelier::bench {

/// A picture of two waves about 0.5, broad and fine: smooth enough for JPEG, and no two rows or
/// columns alike. peers/feature_norms.py makes the same one.
inline image::Image wave_picture(int width, int height) {
  image::Image picture;
  picture.width = width;
  picture.height = height;
  picture.rgb.reserve(picture.pixels() * 3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (int c = 0; c < 3; ++c) {
        const double broad = 0.25 * std::sin(0.11 * x + 0.07 * y + 1.1 * c);
        const double fine = 0.20 * std::sin(0.31 * x - 0.23 * y + 0.7 * c);
        picture.rgb.push_back(static_cast<float>(0.5 + broad + fine));
      }
    }
  }
  return picture;
}

}  // namespace atelier::bench
