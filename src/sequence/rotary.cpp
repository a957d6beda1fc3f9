// SPDX-License-Identifier: Apache-2.0
#include "sequence/rotary.hpp"

#include <ATen/ATen.h>

#include <cmath>

namespace atelier::sequence {

at::Tensor rotations(std::int64_t length, std::int64_t head, const at::TensorOptions& like) {
  constexpr double base = 10000;
  const at::Tensor speeds =
      at::exp(at::arange(0, head, 2, at::kDouble) * (-std::log(base) / static_cast<double>(head)));
  const at::Tensor angles = at::outer(at::arange(length, at::kDouble), speeds);
  const auto type = c10::typeMetaToScalarType(like.dtype());
  return at::complex(angles.cos(), angles.sin())
      .to(at::kCPU, c10::toComplexType(type))
      .to(like.device());
}

at::Tensor rotated(const at::Tensor& x, const at::Tensor& turns) {
  const at::Tensor pairs =
      at::view_as_complex(x.view({x.size(0), x.size(1), x.size(2), x.size(3), -1, 2}));
  return at::view_as_real(pairs * turns.view({1, x.size(1), 1, 1, -1})).flatten(4);
}

}  // namespace atelier::sequence
