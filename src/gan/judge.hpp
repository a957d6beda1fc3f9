// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "nets/network.hpp"

namespace atelier::gan {

/// What VGG-19 sees of pictures at relu5_1, in the mean over all positions: N x 512 float64, on the
/// processor. `rgb`: N x 3 x H x W, 0..1.
[[nodiscard]] at::Tensor features_of(const nets::Network& net, const at::Tensor& rgb);

/// The Fréchet distance of two sets of features, N x C each, as if both were normal:
///   |mean_a - mean_b|^2 + tr(A + B - 2 (A B)^(1/2))
/// with covariances A and B divided by N - 1. Source: Heusel et al., "GANs trained by a two
/// time-scale update rule converge to a local Nash equilibrium", NeurIPS 2017. Differs: VGG-19's
/// features where Inception's are usual, so that figures compare with our own alone. Fewer samples
/// than C leave the covariance without full rank, which makes all distances larger.
[[nodiscard]] double frechet_distance(const at::Tensor& a, const at::Tensor& b);

/// The energy distance of two sets of features, one of each at least:
///   2 E|x - y| - E|x - x'| - E|y - y'|
/// over all pairs of different samples: without bias, so that some tens suffice where the Fréchet
/// distance needs thousands; of two halves of one set 0 in the mean, and may fall below.
/// Source: Székely, Rizzo, "Energy statistics: a class of statistics based on distances", Journal
/// of Statistical Planning and Inference, 2013.
[[nodiscard]] double energy_distance(const at::Tensor& a, const at::Tensor& b);

/// For each row of `from` the place and distance of the nearest row of `among`, by the angle
/// between them in radians.
struct Nearest {
  at::Tensor place, distance;  ///< N
};
[[nodiscard]] Nearest nearest(const at::Tensor& from, const at::Tensor& among);

/// How samples lie beside the pictures that they were learned from.
struct Likeness {
  double frechet = 0;
  /// Median distance of samples to their nearest picture, in relation to that of pictures to their
  /// nearest other picture; near 0: samples are copies.
  double nearest = 0;
  /// Mean distance of samples among each other, in relation to the pictures'; near 0: all samples
  /// are alike.
  double diversity = 0;
};
/// Features of at least two of each.
[[nodiscard]] Likeness likeness(const at::Tensor& samples, const at::Tensor& pictures);

}  // namespace atelier::gan
