// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tensor/kernels/blocks.hpp"

namespace atelier::tensor {

/// Rows top ... bottom - 1 and columns left ... right - 1 of a layer.
struct Region {
  int top = 0, left = 0, bottom = 0, right = 0;

  [[nodiscard]] std::size_t positions() const {
    return static_cast<std::size_t>(bottom - top) * static_cast<std::size_t>(right - left);
  }
};

/// Sums over positions f of a layer, each less a fixed shift s: of f - s, and of (f - s)(f - s)^T.
/// With a shift near the mean the covariance comes from them without cancellation (Chan, Golub,
/// LeVeque 1983).
struct ShiftedSums {
  explicit ShiftedSums(std::vector<float> shift_by);

  std::vector<float> shift;     ///< channels
  std::vector<double> sum;      ///< channels
  std::vector<double> product;  ///< channels x channels
  double positions = 0;
};

/// Adds the positions of `region`. Products are summed in fp32 over parts of a few thousand
/// positions and in double beyond. The same bytes for every number of threads.
void add_positions(const Activations& features, const Region& region, ShiftedSums& sums);

/// A map of positions, f -> A f + b.
class AffineMap {
 public:
  /// `matrix`: channels x channels, row by row, of the result; `offset`: channels.
  AffineMap(const double* matrix, const double* offset, std::size_t channels);

  /// Replaces each position of `region` by its image and every other by zero.
  void apply(const Activations& features, const Region& region) const;

 private:
  Buffer<float> panels_, offset_;
};

/// Sets every position outside `region` to zero.
void clear_outside(const Activations& features, const Region& region);

}  // namespace atelier::tensor
