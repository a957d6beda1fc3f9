// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>

#include "tensor/kernels/blocks.hpp"
#include "tensor/kernels/moments.hpp"

namespace atelier::tensor {

/// Where position `i` of a border reflected without its last position lies, of 0 ... length - 1:
/// -1 is 1, length is length - 2. Further out, and in layers of one position, the nearest one.
[[nodiscard]] constexpr int reflected_at(int i, int length) {
  if (i < 0) i = -i;
  if (i >= length) i = 2 * length - 2 - i;
  return std::clamp(i, 0, length - 1);
}

/// What is kept of a layer of height x width positions: `values`, of which the first is at row
/// `top` and column `left` of the layer.
struct Part {
  Activations values;
  int top = 0, left = 0;
  int height = 0, width = 0;

  /// All of a layer.
  [[nodiscard]] static Part whole(const Activations& a) { return {a, 0, 0, a.height, a.width}; }

  [[nodiscard]] float* at(int y, int x) const { return values.at(y - top, x - left); }
  /// Beyond the layer's border reflected; the nearest that is kept.
  [[nodiscard]] const float* reflected(int y, int x) const {
    const int row = std::clamp(reflected_at(y, height) - top, 0, values.height - 1);
    const int column = std::clamp(reflected_at(x, width) - left, 0, values.width - 1);
    return values.at(row, column);
  }
};

}  // namespace atelier::tensor
