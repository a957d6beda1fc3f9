// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "tensor/kernels/moments.hpp"

namespace atelier::style {

using tensor::Region;

/// Mean and covariance of activations over positions, in double: all that style losses know of a
/// picture. Both are sums over positions, so that a picture's can be had piece by piece. Where
/// positions have weights w, n is the sum of w, the mean is sum w f / n, and the covariance
/// sum w (f - m)(f - m)^T / n. Source of weights: Gatys, Ecker, Bethge, Hertzmann, Shechtman,
/// "Controlling Perceptual Factors in Neural Style Transfer", CVPR 2017, section 4; they multiply
/// activations by a guide, so that their Gram matrices weigh by its square and keep no mean.
struct Moments {
  at::Tensor mean;        ///< C
  at::Tensor covariance;  ///< C x C, divided by n
  double positions = 0;   ///< n
};

/// Second moment of activations over positions, uncentred: G = F F^T / n. C x C.
/// Source: Gatys 2016, eq. 3; differs by the division by n = H W.
[[nodiscard]] at::Tensor gram_matrix(const Moments& moments);

/// Sums positions to their moments.
class MomentSums {
 public:
  /// `near`: C, close to the mean that will come out, for precision; undefined: the first
  /// positions' own.
  explicit MomentSums(at::Tensor near = {}) : near_(std::move(near)) {}

  /// Adds the positions of `region` of `features`, 1 x C x H x W. `weights`: how much each of them
  /// counts, 1 x 1 and the region's height and width; undefined: 1.
  void add(const at::Tensor& features, const Region& region, const at::Tensor& weights = {});

  /// Sum of weights so far. moments() needs it above 0.
  [[nodiscard]] double positions() const {
    return fast_ ? positions_ + fast_->positions : positions_;
  }

  [[nodiscard]] Moments moments() const;

 private:
  void add_sums(const at::Tensor& sum, const at::Tensor& product);

  at::Tensor near_;
  std::shared_ptr<tensor::ShiftedSums> fast_;  // of features that kernels take
  at::Tensor sum_, product_;                   // of others, on their device
  double positions_ = 0;                       // of those
};

/// Weights as kernels take them, 1 x 1 x H x W in rows of floats; of undefined ones, 1 everywhere.
[[nodiscard]] tensor::PositionWeights position_weights(const at::Tensor& weights);

/// Of every position.
[[nodiscard]] Moments moments(const at::Tensor& features);

/// The part of `features` within `region`, as C x n positions.
[[nodiscard]] at::Tensor positions(const at::Tensor& features, const Region& region);

/// All rows and columns.
[[nodiscard]] Region whole(const at::Tensor& features);

}  // namespace atelier::style
