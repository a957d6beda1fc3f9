// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::sequence {

/// Positions as angles: numbers 2i and 2i+1 of a head, as a complex number, are turned by
/// position * 10000^(-2i / D). The inner product of two such heads depends on the difference of
/// their positions alone.
/// Source: Su et al., "RoFormer: enhanced transformer with rotary position embedding", 2021.

/// e^(i angle) for positions 0..length-1: length x D/2, complex numbers of the type of `like`.
[[nodiscard]] at::Tensor rotations(std::int64_t length, std::int64_t head,
                                   const at::TensorOptions& like);

/// `x`: N x T x parts x heads x D; `turns`: T x D/2, of x's positions.
[[nodiscard]] at::Tensor rotated(const at::Tensor& x, const at::Tensor& turns);

}  // namespace atelier::sequence
