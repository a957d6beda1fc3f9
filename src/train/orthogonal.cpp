// SPDX-License-Identifier: Apache-2.0
#include "train/orthogonal.hpp"

#include <ATen/ATen.h>

namespace atelier::train {

at::Tensor orthogonalised(const at::Tensor& matrices) {
  constexpr double a = 3.4445, b = -4.7750, c = 2.0315;
  const bool upright = matrices.size(1) > matrices.size(2);
  at::Tensor x = upright ? matrices.transpose(1, 2) : matrices;
  x = x / (x.square().sum({1, 2}, /*keepdim=*/true).sqrt() + 1e-12);
  for (int i = 0; i < 5; ++i) {  // a x + (b s + c s^2) x with s = x x^T
    const at::Tensor square = x.bmm(x.transpose(1, 2));
    x = at::baddbmm(x, at::baddbmm(square, square, square, b, c), x, a, 1);
  }
  return upright ? x.transpose(1, 2) : x;
}

}  // namespace atelier::train
