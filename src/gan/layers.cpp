// SPDX-License-Identifier: Apache-2.0
#include "gan/layers.hpp"

#include <ATen/ATen.h>

namespace atelier::gan {

at::Tensor convolved(const at::Tensor& x, const at::Tensor& weight, std::int64_t stride,
                     std::int64_t padding, std::optional<at::ScalarType> precision) {
  if (!precision) return at::conv2d(x, weight, {}, stride, padding);
  return at::conv2d(x.to(*precision), weight.to(*precision), {}, stride, padding)
      .to(x.scalar_type());
}

at::Tensor as_map(const at::Tensor& x) {
  return x.unsqueeze(2).unsqueeze(3);
}

}  // namespace atelier::gan
