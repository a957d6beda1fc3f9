// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::appraise {

/// Luma in levels, 0..255, row by row.
struct Plane {
  int width = 0, height = 0;
  std::vector<float> values;

  [[nodiscard]] const float* row(int y) const {
    return values.data() + static_cast<std::ptrdiff_t>(y) * width;
  }
};

/// JPEG's luma; what is transparent lies on white.
[[nodiscard]] Plane luma_of(const image::Image& picture);

}  // namespace atelier::appraise
