// SPDX-License-Identifier: Apache-2.0
#include "nets/receptive_field.hpp"

#include <ATen/ATen.h>

namespace atelier::nets {

at::Tensor seen_through(const std::vector<Window>& windows, const at::Tensor& mask) {
  at::Tensor seen = mask;
  for (const auto& [size, stride, padding] : windows) {
    if (size == 1 && stride == 1) continue;
    seen = at::avg_pool2d(seen, {size, size}, {stride, stride}, {padding, padding},
                          /*ceil_mode=*/false, /*count_include_pad=*/false);
  }
  return seen;
}

}  // namespace atelier::nets
