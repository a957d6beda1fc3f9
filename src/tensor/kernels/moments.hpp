// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
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

/// How much each position of a region counts, 0 or more; no data: 1 everywhere.
struct PositionWeights {
  const float* data = nullptr;  ///< of the region's first position
  std::size_t row_step = 0;     ///< from one row of the region to the next
};

/// Sums over positions f of a layer, each less a fixed shift s and with a weight w (1 when none is
/// given): of w, of w (f - s), and of w (f - s)(f - s)^T. With a shift near the mean the covariance
/// comes from them without cancellation (Chan, Golub, LeVeque 1983).
struct ShiftedSums {
  explicit ShiftedSums(std::vector<float> shift_by);

  std::vector<float> shift;     ///< channels
  std::vector<double> sum;      ///< channels
  std::vector<double> product;  ///< channels x channels
  double positions = 0;         ///< the sum of weights: how many there are when each counts 1
};

/// Adds the positions of `region`. Products are summed in fp32 over parts of a few thousand
/// positions and in double beyond. The same bytes for every number of threads. Stretches of weight
/// 0 cost nothing, so that regions of a picture take no longer than the picture.
void add_positions(const Activations& features, const Region& region, ShiftedSums& sums,
                   const PositionWeights& weights = {});

struct WeightedMap;

/// A map of positions, f -> A f + b.
class AffineMap {
 public:
  /// `matrix`: channels x channels, row by row, of the result; `offset`: channels.
  AffineMap(const double* matrix, const double* offset, std::size_t channels);

  /// Replaces each position of `region` by its image and every other by zero.
  void apply(const Activations& features, const Region& region) const;

 private:
  friend void apply_weighted(std::span<const WeightedMap> maps, const Activations& features,
                             const Region& region);
  Buffer<float> panels_, offset_;
};

/// A map and where it counts.
struct WeightedMap {
  const AffineMap* map;
  PositionWeights weights;
};

/// Replaces each position f of `region` by the sum over maps of w (A f + b), each with its weight w
/// at that position, and every other by zero. The same bytes for every number of threads.
void apply_weighted(std::span<const WeightedMap> maps, const Activations& features,
                    const Region& region);

/// Sets every position outside `region` to zero.
void clear_outside(const Activations& features, const Region& region);

}  // namespace atelier::tensor
