// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>

#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"
#include "atelier/vision/flow.hpp"

namespace atelier::vision::testing_flows {

inline FlowField uniform(const image::Image& of, float dx, float dy) {
  FlowField flow{of.width, of.height, {}};
  for (std::size_t i = 0; i < of.pixels(); ++i) flow.xy.insert(flow.xy.end(), {dx, dy});
  return flow;
}

/// Root mean square of the difference at least `border` px inside.
inline double interior_error(const image::Image& a, const image::Image& b, int border) {
  double sum = 0, count = 0;
  for (int y = border; y < a.height - border; ++y) {
    for (int x = border; x < a.width - border; ++x) {
      for (int c = 0; c < 3; ++c) {
        const auto i = static_cast<std::size_t>((y * a.width + x) * 3 + c);
        const double d = static_cast<double>(a.rgb[i]) - b.rgb[i];
        sum += d * d;
        ++count;
      }
    }
  }
  return std::sqrt(sum / count);
}

/// Mean over the columns left..right and rows top..bottom, the last ones not counted.
inline double mean(const image::Mask& mask, int left, int top, int right, int bottom) {
  double sum = 0;
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      sum += static_cast<double>(mask.values[static_cast<std::size_t>(y * mask.width + x)]);
    }
  }
  return sum / ((right - left) * (bottom - top));
}

}  // namespace atelier::vision::testing_flows
