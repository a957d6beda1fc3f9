// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>

#include "tensor/kernels/blocks.hpp"

namespace atelier::tensor {

/// A view of activations as 1 x C x H x W; valid as long as they are.
[[nodiscard]] at::Tensor as_tensor(const Activations& activations);

/// A tensor's memory as kernels take it, or nothing when it lies elsewhere or otherwise: 1 x C x H
/// x W float32 on the processor, channels innermost and padded to whole blocks.
[[nodiscard]] std::optional<Activations> as_activations(const at::Tensor& tensor);

}  // namespace atelier::tensor
