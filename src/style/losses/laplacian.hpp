// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace atelier::style {

/// How far the edges of a picture are from the photograph's:
///   mean over levels p of |L(pool_p x) - L(pool_p c)|^2 / |L(pool_p c)|^2,
/// L being the 4-neighbour Laplacian of each colour within the picture and pool_p the mean over p x
/// p px, p = 4 and 16 (those that leave at least 3 x 3 cells).
///
/// Source: Li, Xu, Nie, Chua, "Laplacian-Steered Neural Style Transfer", ACM MM 2017. Differs:
/// relative to the photograph's own edges.
class Laplacian {
 public:
  /// `content`: 1 x 3 x H x W.
  explicit Laplacian(const at::Tensor& content);

  /// Adds `weight` times the derivative to `gradient` unless that is undefined.
  [[nodiscard]] double operator()(const at::Tensor& rgb, double weight,
                                  const at::Tensor& gradient) const;

 private:
  struct Level {
    int pool;
    at::Tensor target;
    double energy;
  };
  std::vector<Level> levels_;
};

}  // namespace atelier::style
