// SPDX-License-Identifier: Apache-2.0
#include "palette/density.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace atelier::palette {
namespace {

constexpr float cell = 0.01F;
constexpr int margin = 4;                        // cells, so that no neighbour lies outside
constexpr std::array<int, 3> size{110, 96, 96};  // L 0..1, a and b -0.44..0.44 with margins
constexpr int centre = size[1] / 2;
constexpr std::array<int, 3> stride{size[1] * size[2], size[2], 1};
constexpr double prominence = 2;

int cell_of(const Even& colour) {
  int index = 0;
  for (int c = 0; c < 3; ++c) {
    const int place = static_cast<int>(std::lround(colour[c] / cell)) + (c == 0 ? margin : centre);
    index += stride[c] * std::clamp(place, margin, size[c] - 1 - margin);
  }
  return index;
}

/// With 1 4 6 4 1 along each axis, twice: a Gaussian of root two cells.
void blur(std::vector<float>& grid) {
  for (int pass = 0; pass < 6; ++pass) {
    const int step = stride[pass % 3];
    std::vector<float> result(grid.size());
    for (std::size_t i = 2 * stride[0]; i < grid.size() - 2 * stride[0]; ++i) {
      result[i] = (grid[i - 2 * step] + grid[i + 2 * step] + 4 * (grid[i - step] + grid[i + step]) +
                   6 * grid[i]) /
                  16;
    }
    grid = std::move(result);
  }
}

/// Cells that lead up to the same peak.
class Peaks {
 public:
  explicit Peaks(const std::vector<float>& density) : density_(density), up_(density.size(), -1) {
    std::vector<int> order;
    for (std::size_t i = 0; i < density.size(); ++i) {
      if (density[i] > 0) order.push_back(static_cast<int>(i));
    }
    std::sort(order.begin(), order.end(), [&](int a, int b) {
      return density[a] != density[b] ? density[a] > density[b] : a < b;
    });
    for (const int i : order) place(i);
  }

  [[nodiscard]] int top(int i) {
    while (up_[i] != i) i = up_[i] = up_[up_[i]];
    return i;
  }

 private:
  void place(int i) {
    std::array<int, 26> tops{};
    int count = 0, highest = -1;
    for (int l = -1; l <= 1; ++l) {
      for (int a = -1; a <= 1; ++a) {
        for (int b = -1; b <= 1; ++b) {
          const int j = i + l * stride[0] + a * stride[1] + b;
          if (j == i || j < 0 || j >= static_cast<int>(up_.size()) || up_[j] < 0) continue;
          const int there = tops[count++] = top(j);
          if (highest < 0 || density_[there] > density_[highest]) highest = there;
        }
      }
    }
    up_[i] = highest < 0 ? i : highest;
    for (int k = 0; k < count; ++k) {
      const int other = top(tops[k]);
      if (other != top(i) && density_[other] < prominence * density_[i]) up_[other] = top(i);
    }
  }

  const std::vector<float>& density_;
  std::vector<int> up_;
};

}  // namespace

std::vector<Bin> count_colours(const Field& field) {
  std::map<int, Bin> bins;
  std::vector<float> density(static_cast<std::size_t>(size[0]) * stride[0]);
  for (std::size_t i = 0; i < field.colours.size(); ++i) {
    if (field.area[i] == 0) continue;
    const int index = cell_of(field.colours[i]);
    density[index] += field.witness[i];
    Bin& bin = bins[index];
    for (int c = 0; c < 3; ++c) {
      bin.colour[c] += field.witness[i] * field.colours[i][c];
      bin.rgb[c] += field.witness[i] * field.rgb[i][c];
    }
    bin.witness += field.witness[i];
    bin.area += field.area[i];
  }
  blur(density);
  Peaks peaks(density);
  std::map<int, int> numbers;
  std::vector<Bin> result;
  for (auto& [index, bin] : bins) {
    for (int c = 0; c < 3; ++c) {
      bin.colour[c] = static_cast<float>(bin.colour[c] / bin.witness);
      bin.rgb[c] /= bin.witness;
    }
    bin.peak = numbers.emplace(peaks.top(index), static_cast<int>(numbers.size())).first->second;
    result.push_back(bin);
  }
  return result;
}

}  // namespace atelier::palette
