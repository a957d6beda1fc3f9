// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>

#include "tensor/kernels/moments.hpp"

namespace atelier::style {

using tensor::Region;

/// Mean and covariance of activations over positions, in double: all that style losses know of a
/// picture. Both are sums over positions, so that a picture's can be had piece by piece.
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

  /// Adds the positions of `region` of `features`, 1 x C x H x W.
  void add(const at::Tensor& features, const Region& region);

  [[nodiscard]] Moments moments() const;

 private:
  void add_sums(const at::Tensor& sum, const at::Tensor& product);

  at::Tensor near_;
  std::shared_ptr<tensor::ShiftedSums> fast_;  // of features that kernels take
  at::Tensor sum_, product_;                   // of others, on their device
  double positions_ = 0;
};

/// Of every position.
[[nodiscard]] Moments moments(const at::Tensor& features);

/// The part of `features` within `region`, as C x n positions.
[[nodiscard]] at::Tensor positions(const at::Tensor& features, const Region& region);

/// All rows and columns.
[[nodiscard]] Region whole(const at::Tensor& features);

}  // namespace atelier::style
