// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::train {

/// Nearly U V^T of each matrix U S V^T: its directions with all singular values between about 0.7
/// and 1.2. `matrices`: N x R x C. Five steps of an odd polynomial of degree five after division
/// by the Frobenius norm; a matrix of zeros stays zero.
/// Source: Jordan et al., "Muon: an optimizer for hidden layers in neural networks", 2024.
[[nodiscard]] at::Tensor orthogonalised(const at::Tensor& matrices);

}  // namespace atelier::train
