// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::sequence {

/// silu(g) u = g sigmoid(g) u of the halves g, u of the last dimension, ... x 2H to ... x H, with a
/// derivative that keeps nothing but x:
///   du = dy g s,  dg = dy u s (1 + g (1 - s)),  s = sigmoid(g).
/// Source: Shazeer, "GLU variants improve transformer", 2020.
[[nodiscard]] at::Tensor swiglu(const at::Tensor& x);

}  // namespace atelier::sequence
