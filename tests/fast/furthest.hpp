// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>

#include "atelier/image/image.hpp"

namespace atelier::fast {

/// Greatest difference of two pictures' values.
inline double furthest(const image::Image& a, const image::Image& b) {
  double far = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    far = std::max(far, std::abs(static_cast<double>(a.rgb[i]) - b.rgb[i]));
  }
  return far;
}

}  // namespace atelier::fast
