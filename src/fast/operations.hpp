// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <utility>

namespace atelier::fast {

// What the network is made of besides convolutions, for N x C x H x W, channels-last. libtorch has
// them too, but spends more time on their gradients than on the convolutions'. Differentiable once.

/// One row and column more at each border, reflected without repeating the border itself. H, W
/// >= 2.
[[nodiscard]] at::Tensor reflected(const at::Tensor& x);

/// Twice the height and width, by straight lines between the middles of pixels.
[[nodiscard]] at::Tensor twice_as_large(const at::Tensor& x);

/// What is added to a variance before its root, so that what nowhere varies divides by something.
inline constexpr double least_variance = 1e-5;

/// Mean and 1 / sqrt(variance + least_variance) of each channel of each picture: N x C x 1 x 1.
[[nodiscard]] std::pair<at::Tensor, at::Tensor> norm_of(const at::Tensor& x);

/// (x - mean) * inverse * scale + shift. `scale`, `shift`: N x C.
[[nodiscard]] at::Tensor affine(const at::Tensor& x, const at::Tensor& mean,
                                const at::Tensor& inverse, const at::Tensor& scale,
                                const at::Tensor& shift);

/// The same where mean and inverse are norm_of(x): instance
/// normalisation (Ulyanov, Vedaldi, Lempitsky, 2016). The gradient with
/// respect to x takes into account that the norm depends on it.
[[nodiscard]] at::Tensor normalised(const at::Tensor& x, const at::Tensor& mean,
                                    const at::Tensor& inverse, const at::Tensor& scale,
                                    const at::Tensor& shift);

}  // namespace atelier::fast
