// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::style {

/// A layer's activations over a picture as a Gaussian, ready to be compared with others.
struct LayerProfile {
  at::Tensor mean;    ///< C
  at::Tensor factor;  ///< C x r with F F^T = covariance, r the smaller of C and the positions
  double spread = 0;  ///< trace of the covariance
  double energy = 0;  ///< spread + |mean|^2, the second moment; 1e-12 at least
};

/// Of every position of `features`, 1 x C x H x W. Where positions are fewer than channels, F is
/// the centred activations themselves over sqrt(n): no decomposition is needed.
[[nodiscard]] LayerProfile layer_profile(const at::Tensor& features);

/// Squared 2-Wasserstein distance of the two Gaussians (losses/losses.hpp), not divided by
/// anything: |m - m'|^2 + tr C + tr C' - 2 |F^T F'|_* with the nuclear norm, the sum of singular
/// values, which is tr (C^1/2 C' C^1/2)^1/2. Exact to about 1e-7 of the larger energy; not
/// negative.
[[nodiscard]] double squared_wasserstein(const LayerProfile& a, const LayerProfile& b);

/// |G - G'|^2 / |G'|^2 (Frobenius) of the second moments G = C + m m^T, as the Gram loss has it.
[[nodiscard]] double gram_distance(const LayerProfile& a, const LayerProfile& target);

}  // namespace atelier::style
