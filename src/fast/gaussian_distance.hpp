// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace atelier::fast {

/// Mean and covariance of the activations of N pictures at one layer: N x C and N x C x C, float64.
struct BatchMoments {
  at::Tensor mean, covariance;
};

/// Of features N x C x H x W, of any precision; sums in float64, since the distance asks for
/// eigenvalues that lie ten powers of ten apart. Differentiable.
[[nodiscard]] BatchMoments batch_moments(const at::Tensor& features);

/// A painting's Gaussian as distances to it are taken; all float64, on one device.
struct GaussianTarget {
  at::Tensor mean;                    ///< C
  at::Tensor factor;                  ///< C x C: the covariance is factor factor^T
  at::Tensor trace, energy, damping;  ///< numbers: style::wasserstein_loss()
};

/// `mean`: C; `covariance`: C x C; both float64.
[[nodiscard]] GaussianTarget gaussian_target(const at::Tensor& mean, const at::Tensor& covariance);

struct GaussianDistances {
  at::Tensor values;                  ///< N
  at::Tensor by_mean, by_covariance;  ///< N x C and N x C x C; if asked for
};

/// The distances of style::wasserstein_loss(), smooth, of a whole batch on any device without its
/// coming back to the processor: roots by coupled Newton-Schulz iterations, matrix products alone,
/// in place of eigenvalues.
///
/// Source: Higham, "Functions of Matrices", SIAM 2008, eq. 6.35; each step is scaled by the
/// interval in which the roots are known to lie (Chen, Chow, "A stable scaling of Newton-Schulz for
/// improving the sign function computation of a Hermitian matrix", 2014), which the damping bounds
/// from below.
[[nodiscard]] GaussianDistances gaussian_distances(
    const std::vector<const GaussianTarget*>& targets, const BatchMoments& seen,
    bool with_derivatives);

}  // namespace atelier::fast
