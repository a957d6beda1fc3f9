// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

namespace atelier::style {

/// How far the edges of a picture are from the photograph's:
///   mean over levels p of sum w (L(pool_p x) - L(pool_p c))^2 / sum L(pool_p c)^2,
/// L being the 4-neighbour Laplacian of each colour within the picture and pool_p the mean over p x
/// p px, p = 4 and 16 (those that leave at least 3 x 3 cells), w a weight of each cell.
///
/// Source: Li, Xu, Nie, Chua, "Laplacian-Steered Neural Style Transfer", ACM MM 2017. Differs:
/// relative to the photograph's own edges; cells may have weights.
class Laplacian {
 public:
  /// `content`: 1 x 3 x H x W. `weights`: 1 x 1 x H x W, 0..1; undefined: 1.
  explicit Laplacian(const at::Tensor& content, const at::Tensor& weights = {});

  /// Adds `weight` times the derivative to `gradient` unless that is undefined.
  [[nodiscard]] double operator()(const at::Tensor& rgb, double weight,
                                  const at::Tensor& gradient) const;

 private:
  struct Level {
    int pool;
    at::Tensor target;
    double energy;
    at::Tensor weights;  ///< of the inner cells; undefined: 1
  };
  std::vector<Level> levels_;
};

}  // namespace atelier::style
