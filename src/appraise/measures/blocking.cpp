// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "appraise/measures/measures.hpp"

namespace atelier::appraise {
namespace {

constexpr int block = 8;

/// How much greater differences are at one of the eight places of the grid than at both
/// neighbours, by place.
struct Excess {
  std::array<double, block> sum{}, count{};

  void add(int place, double before, double here, double after) {
    const auto i = static_cast<std::size_t>(place % block);
    sum[i] += std::abs(here) - (std::abs(before) + std::abs(after)) / 2;
    ++count[i];
  }

  /// That of the place where it is greatest, less the mean of the five places further than one from
  /// it: its neighbours lack what it has.
  [[nodiscard]] double greatest() const {
    std::array<double, block> mean{};
    for (std::size_t i = 0; i < block; ++i) mean[i] = count[i] > 0 ? sum[i] / count[i] : 0;
    const auto most =
        static_cast<std::size_t>(std::max_element(mean.begin(), mean.end()) - mean.begin());
    double others = 0;
    for (std::size_t away = 2; away + 2 <= block; ++away) others += mean[(most + away) % block];
    return mean[most] - others / (block - 3);
  }
};

}  // namespace

double blocking_of(const Plane& luma) {
  Excess across, down;
  for (int y = 0; y < luma.height; ++y) {
    const float* row = luma.row(y);
    for (int x = 1; x + 2 < luma.width; ++x) {
      across.add(x, row[x] - row[x - 1], row[x + 1] - row[x], row[x + 2] - row[x + 1]);
    }
  }
  for (int y = 1; y + 2 < luma.height; ++y) {
    const float *a = luma.row(y - 1), *b = luma.row(y), *c = luma.row(y + 1), *d = luma.row(y + 2);
    for (int x = 0; x < luma.width; ++x) down.add(y, b[x] - a[x], c[x] - b[x], d[x] - c[x]);
  }
  return (across.greatest() + down.greatest()) / 2;
}

}  // namespace atelier::appraise
