// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/moments.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "tensor/kernels/elementwise.hpp"
#include "tensor/kernels/product.hpp"
#include "tensor/parallel.hpp"

namespace atelier::tensor {
namespace {

constexpr std::size_t stretch = 256;                          // positions summed in registers
constexpr std::size_t partial_floats = std::size_t{1} << 20;  // of partial sums kept side by side
constexpr std::size_t mapped_together = 96;                   // positions

/// A region as stretches of neighbouring positions: row by row, or as one row when it spans the
/// layer and rows of weights follow each other as well.
class Stretches {
 public:
  Stretches(const Activations& features, const Region& region, std::size_t longest,
            std::span<const PositionWeights> weights = {})
      : features_(features), region_(region), longest_(longest) {
    const bool whole_rows =
        region.left == 0 && region.right == features.width &&
        std::all_of(weights.begin(), weights.end(), [&](const PositionWeights& w) {
          return !w.data || w.row_step == static_cast<std::size_t>(features.width);
        });
    rows_ = whole_rows ? (region.bottom > region.top ? 1 : 0) : region.bottom - region.top;
    length_ =
        whole_rows ? region.positions() : static_cast<std::size_t>(region.right - region.left);
    in_row_ = (length_ + longest - 1) / longest;
  }

  [[nodiscard]] std::size_t count() const { return static_cast<std::size_t>(rows_) * in_row_; }

  struct Stretch {
    float* data;
    std::size_t positions;
  };
  [[nodiscard]] Stretch operator[](std::size_t i) const {
    const std::size_t begin = i % in_row_ * longest_;
    const int row = region_.top + static_cast<int>(i / in_row_);
    return {features_.at(row, region_.left) + begin * features_.stride,
            std::min(longest_, length_ - begin)};
  }

  /// The weights of stretch `i`, or null.
  [[nodiscard]] const float* weights(const PositionWeights& of, std::size_t i) const {
    return of.data ? of.data + i / in_row_ * of.row_step + i % in_row_ * longest_ : nullptr;
  }

 private:
  const Activations& features_;
  const Region& region_;
  std::size_t longest_, length_ = 0, in_row_ = 0;
  int rows_ = 0;
};

/// The positions between the first and the last that have weight: first, count.
std::pair<std::size_t, std::size_t> weighty(const float* weights, std::size_t positions) {
  std::size_t first = 0, last = positions;
  while (first < last && weights[first] == 0) ++first;
  while (last > first && weights[last - 1] == 0) --last;
  return {first, last - first};
}

/// The upper triangle, by blocks, of the sum of p p^T over packed positions p.
void add_products(const float* panels, std::size_t positions, std::size_t blocks, float* to) {
  const std::size_t stride = blocks * block;
  for (std::size_t row = 0; row < blocks; ++row) {
    multiply({panels + row * stretch * block, 1, block}, block, positions,
             {panels + row * stretch * block, stretch * block}, blocks - row,
             to + row * block * stride + row * block, stride, true);
  }
}

}  // namespace

ShiftedSums::ShiftedSums(std::vector<float> shift_by)
    : shift(std::move(shift_by)), sum(shift.size()), product(shift.size() * shift.size()) {}

void add_positions(const Activations& features, const Region& region, ShiftedSums& sums,
                   const PositionWeights& weights) {
  const std::size_t channels = features.channels, stride = features.stride, blocks = stride / block;
  std::vector<float> shift(stride);
  std::copy_n(sums.shift.data(), channels, shift.data());
  const Stretches stretches(features, region, stretch, {&weights, 1});
  // How the stretches are divided does not depend on the number of threads, so that the sums do
  // not.
  const std::size_t parts =
      std::min(stretches.count(), std::max<std::size_t>(1, partial_floats / (stride * stride)));
  std::vector<float> products(parts * stride * stride), totals(parts * stride);
  std::vector<double> weight(parts);
  parallel_for(static_cast<std::int64_t>(parts), [&](std::int64_t item, int) {
    const auto part = static_cast<std::size_t>(item);
    std::vector<float> panels(stretch * stride), roots(weights.data ? stretch : 0);
    float* total = totals.data() + part * stride;
    float* product = products.data() + part * stride * stride;
    const std::size_t end = stretches.count() * (part + 1) / parts;
    for (std::size_t i = stretches.count() * part / parts; i < end; ++i) {
      const auto [data, positions] = stretches[i];
      if (const float* of = stretches.weights(weights, i)) {
        // The root of a weight goes to both factors of a product.
        const auto [first, count] = weighty(of, positions);
        for (std::size_t p = 0; p < count; ++p) {
          roots[p] = std::sqrt(of[first + p]);
          weight[part] += static_cast<double>(roots[p]) * roots[p];
        }
        pack_scaled(data + first * stride, count, blocks, shift.data(), roots.data(), panels.data(),
                    stretch, total);
        add_products(panels.data(), count, blocks, product);
      } else {
        pack_shifted(data, positions, blocks, shift.data(), panels.data(), stretch, total);
        add_products(panels.data(), positions, blocks, product);
      }
    }
  });
  parallel_for(static_cast<std::int64_t>(channels), [&](std::int64_t item, int) {
    const auto row = static_cast<std::size_t>(item);
    for (std::size_t part = 0; part < parts; ++part) {
      sums.sum[row] += totals.data()[part * stride + row];
      const float* from = products.data() + (part * stride + row) * stride;
      for (std::size_t c = row; c < channels; ++c) sums.product[row * channels + c] += from[c];
    }
  });
  for (std::size_t row = 0; row < channels; ++row) {
    for (std::size_t c = row + 1; c < channels; ++c) {
      sums.product[c * channels + row] = sums.product[row * channels + c];
    }
  }
  if (weights.data) {
    for (const double of_part : weight) sums.positions += of_part;
  } else {
    sums.positions += static_cast<double>(region.positions());
  }
}

AffineMap::AffineMap(const double* matrix, const double* offset, std::size_t channels)
    : panels_(padded(channels) * padded(channels)), offset_(padded(channels)) {
  const std::size_t depth = padded(channels);
  for (std::size_t row = 0; row < channels; ++row) {
    offset_.data()[row] = static_cast<float>(offset[row]);
    for (std::size_t k = 0; k < channels; ++k) {
      panels_.data()[(row / block * depth + k) * block + row % block] =
          static_cast<float>(matrix[row * channels + k]);
    }
  }
}

void AffineMap::apply(const Activations& features, const Region& region) const {
  const std::size_t stride = features.stride, blocks = stride / block;
  const Stretches stretches(features, region, mapped_together);
  parallel_for(static_cast<std::int64_t>(stretches.count()), [&](std::int64_t i, int) {
    std::vector<float> mapped(mapped_together * stride);
    const auto [data, positions] = stretches[static_cast<std::size_t>(i)];
    multiply({data, stride, 1}, positions, stride, {panels_.data(), stride * block}, blocks,
             mapped.data(), stride, false);
    copy_with_offset(mapped.data(), positions, blocks, offset_.data(), data);
  });
  clear_outside(features, region);
}

void apply_weighted(std::span<const WeightedMap> maps, const Activations& features,
                    const Region& region) {
  if (maps.size() == 1 && !maps.front().weights.data) {
    return maps.front().map->apply(features, region);
  }
  const std::size_t stride = features.stride, blocks = stride / block;
  std::vector<PositionWeights> weights;
  for (const WeightedMap& weighted : maps) weights.push_back(weighted.weights);
  const Stretches stretches(features, region, mapped_together, weights);
  parallel_for(static_cast<std::int64_t>(stretches.count()), [&](std::int64_t item, int) {
    const auto i = static_cast<std::size_t>(item);
    const auto [data, positions] = stretches[i];
    std::vector<float> mapped(positions * stride), sum(positions * stride);
    for (const auto& [map, of_map] : maps) {
      const float* of = stretches.weights(of_map, i);
      const auto [first, count] =
          of ? weighty(of, positions) : std::pair(std::size_t{0}, positions);
      if (count == 0) continue;
      multiply({data + first * stride, stride, 1}, count, stride,
               {map->panels_.data(), stride * block}, blocks, mapped.data(), stride, false);
      add_with_offset(mapped.data(), count, blocks, map->offset_.data(), of ? of + first : nullptr,
                      sum.data() + first * stride);
    }
    std::copy(sum.begin(), sum.end(), data);
  });
  clear_outside(features, region);
}

void clear_outside(const Activations& features, const Region& region) {
  for (int y = 0; y < features.height; ++y) {
    const bool inside = y >= region.top && y < region.bottom;
    float* row = features.at(y, 0);
    float* end = features.at(y + 1, 0);
    std::fill(row, inside ? features.at(y, region.left) : end, 0.0F);
    if (inside) std::fill(features.at(y, region.right), end, 0.0F);
  }
}

}  // namespace atelier::tensor
