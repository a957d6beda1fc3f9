// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>

#include "atelier/base/random.hpp"
#include "atelier/image/image.hpp"

namespace atelier::appraise::test {

/// A picture whose colour at (x, y) is what `paint` says, values in 0..1.
template <class Paint>
image::Image painted(image::Size size, Paint paint) {
  image::Image picture{size.width, size.height, {}, {}};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const std::array<float, 3> rgb = paint(x, y);
      picture.rgb.insert(picture.rgb.end(), rgb.begin(), rgb.end());
    }
  }
  return picture;
}

inline image::Image flat(image::Size size, const std::array<float, 3>& rgb) {
  return painted(size, [&](int, int) { return rgb; });
}

inline std::array<float, 3> grey(double value) {
  return {static_cast<float>(value), static_cast<float>(value), static_cast<float>(value)};
}

/// Middle grey with normal noise of `deviation` levels, each pixel by itself.
inline image::Image noisy(image::Size size, double deviation) {
  RandomStream chance(1, "noise");
  return painted(size, [&](int, int) {
    return grey(std::clamp(0.5 + deviation / 255 * chance.normal(), 0.0, 1.0));
  });
}

}  // namespace atelier::appraise::test
