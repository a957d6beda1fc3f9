// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace atelier::image {

/// How much each pixel of a picture counts: H x W values in 0..1, top row first.
struct Mask {
  int width = 0;   ///< px
  int height = 0;  ///< px
  std::vector<float> values;
};

}  // namespace atelier::image
