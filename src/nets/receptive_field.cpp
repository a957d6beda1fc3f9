// SPDX-License-Identifier: Apache-2.0
#include "nets/receptive_field.hpp"

#include <ATen/ATen.h>

namespace atelier::nets {

at::Tensor seen_through(const std::vector<Window>& windows, const at::Tensor& mask) {
  at::Tensor seen = mask;
  for (const auto& [size, stride, before, after] : windows) {
    if (size == 1 && stride == 1) continue;
    const auto sums = [&, size = size, stride = stride, before = before,
                       after = after](const at::Tensor& values) {
      return at::avg_pool2d(at::constant_pad_nd(values, {before, after, before, after}),
                            {size, size}, {stride, stride});
    };
    // Of what lies within the picture alone.
    seen = sums(seen) / sums(at::ones_like(seen));
  }
  return seen;
}

}  // namespace atelier::nets
