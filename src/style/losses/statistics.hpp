// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::style {

/// Second moment of activations over positions, uncentred: G = F F^T / n.
/// `features`: 1 x C x H x W. Returns C x C. Differentiable.
/// Source: Gatys 2016, eq. 3; differs by the division by n = H W.
[[nodiscard]] at::Tensor gram_matrix(const at::Tensor& features);

/// Mean and covariance of activations over positions.
struct Moments {
  at::Tensor mean;        ///< C
  at::Tensor covariance;  ///< C x C, divided by n
};
[[nodiscard]] Moments moments(const at::Tensor& features);

/// 1 x C x H x W as C x n positions.
[[nodiscard]] at::Tensor positions(const at::Tensor& features);

}  // namespace atelier::style
