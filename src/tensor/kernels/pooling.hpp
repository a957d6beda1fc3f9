// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tensor/kernels/blocks.hpp"
#include "tensor/kernels/winograd_tiles.hpp"

namespace atelier::tensor {

/// 2 x 2 pooling apart from a convolution, for layers whose unpooled activations are wanted too; a
/// last odd row or column is left out. `finish`: relu_max or relu_average. `mask` has the height
/// and width of `in` and is told what passes: the first of the greatest, or all; null when no
/// backward pass follows.
void pool(const Activations& in, Finish finish, const Activations& out, const Mask* mask);

/// Adds to `in_gradient` what comes back through pool().
void pool_backward(const Activations& out_gradient, Finish finish, const Mask& mask,
                   const Activations& in_gradient);

}  // namespace atelier::tensor
