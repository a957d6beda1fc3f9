// SPDX-License-Identifier: Apache-2.0
#include "fast/base_colours.hpp"

#include <algorithm>

#include "tensor/parallel.hpp"

namespace atelier::fast {
namespace {

constexpr int cell = 4;  // px

/// The means that a pixel lies between, along one edge, and the share of the second.
struct Between {
  int first, second;
  float share;
};

Between means_around(int pixel, int means) {
  const float at = std::max((static_cast<float>(pixel) + 0.5F) / cell - 0.5F, 0.0F);
  const int first = static_cast<int>(at);
  return {first, std::min(first + 1, means - 1), at - static_cast<float>(first)};
}

}  // namespace

BaseColours::BaseColours(const tensor::Part& photo, const ColourMap& colours)
    : height_(photo.height / cell),
      width_(photo.width / cell),
      means_(static_cast<std::size_t>(height_) * static_cast<std::size_t>(width_) * 3) {
  float matrix[9], offset[3];
  std::copy(colours.matrix.begin(), colours.matrix.end(), matrix);
  std::copy(colours.offset.begin(), colours.offset.end(), offset);
  tensor::parallel_for(height_, [&](std::int64_t y, int) {
    float* to = means_.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) * 3;
    for (int x = 0; x < width_; ++x, to += 3) {
      float mean[3] = {};
      for (int i = 0; i < cell; ++i) {
        const float* from = photo.at(static_cast<int>(y) * cell + i, x * cell);
        for (int j = 0; j < cell; ++j) {
          for (int c = 0; c < 3; ++c) mean[c] += from[j * 3 + c];
        }
      }
      for (float& value : mean) value /= cell * cell;
      for (int c = 0; c < 3; ++c) {
        const float* m = matrix + c * 3;
        to[c] = m[0] * mean[0] + m[1] * mean[1] + m[2] * mean[2] + offset[c];
      }
    }
  });
}

void BaseColours::row(int y, int left, int right, float* to) const {
  const Between rows = means_around(y, height_);
  const std::size_t step = static_cast<std::size_t>(width_) * 3;
  const float* above = means_.data() + static_cast<std::size_t>(rows.first) * step;
  const float* below = means_.data() + static_cast<std::size_t>(rows.second) * step;
  for (int x = left; x < right; ++x, to += 3) {
    const Between columns = means_around(x, width_);
    const int a = columns.first * 3, b = columns.second * 3;
    for (int c = 0; c < 3; ++c) {
      const float first = above[a + c] + rows.share * (below[a + c] - above[a + c]);
      const float second = above[b + c] + rows.share * (below[b + c] - above[b + c]);
      to[c] = first + columns.share * (second - first);
    }
  }
}

}  // namespace atelier::fast
