// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

#include "atelier/image/image.hpp"

namespace atelier::testing {

/// Amplitude of a wave and its angle's steps along x, along y and from channel to channel.
struct Wave {
  double amplitude, x, y, channel;
};

/// A picture made of two waves about 0.5; bench/peers/make_reference.py makes the same one of 64 x
/// 48 px.
inline image::Image wave_picture(const std::array<Wave, 2>& waves, image::Size size) {
  image::Image picture;
  picture.width = size.width;
  picture.height = size.height;
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x) {
      for (int c = 0; c < 3; ++c) {
        double value = 0.5;
        for (const Wave& w : waves) {
          value += w.amplitude * std::sin(w.x * x + w.y * y + w.channel * c);
        }
        picture.rgb.push_back(static_cast<float>(value));
      }
    }
  }
  return picture;
}

/// Broad waves, as a landscape has.
inline image::Image content_picture(image::Size size = {64, 48}) {
  return wave_picture({{{0.25, 0.11, 0.07, 1.1}, {0.20, 0.31, -0.23, 0.7}}}, size);
}
/// Fine waves, as brush strokes are.
inline image::Image style_picture(image::Size size = {64, 48}) {
  return wave_picture({{{0.30, 0.83, 0.41, 2.0}, {0.15, -0.37, 1.30, 0.4}}}, size);
}
/// A result between the two, to evaluate objectives at.
inline image::Image result_picture(image::Size size = {64, 48}) {
  return wave_picture({{{0.22, 0.13, 0.05, 1.3}, {0.18, 0.71, 0.47, 1.6}}}, size);
}

}  // namespace atelier::testing
