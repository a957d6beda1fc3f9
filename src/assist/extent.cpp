// SPDX-License-Identifier: Apache-2.0
#include "assist/extent.hpp"

#include <algorithm>
#include <vector>

namespace atelier::assist {
namespace {

/// Where, 0..1 along cells of these weights, `part` of their sum lies before.
double place_of(const std::vector<double>& cells, double part) {
  double before = 0, end = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i] <= 0) continue;
    const auto at = static_cast<double>(i), count = static_cast<double>(cells.size());
    if (before + cells[i] >= part) return (at + (part - before) / cells[i]) / count;
    before += cells[i];
    end = (at + 1) / count;  // of the last cell that counts, should rounding keep `part` beyond it
  }
  return end;
}

}  // namespace

Box extent(const image::Mask& map, double threshold, double share) {
  if (map.values.empty()) return {};
  const auto [least, greatest] = std::minmax_element(map.values.begin(), map.values.end());
  const double low = *least, range = *greatest - low;
  std::vector<double> across(static_cast<std::size_t>(map.width)),
      down(static_cast<std::size_t>(map.height));
  double sum = 0;
  for (std::size_t y = 0; y < down.size(); ++y) {
    for (std::size_t x = 0; x < across.size(); ++x) {
      const double value = (map.values[y * across.size() + x] - low) / std::max(range, 1e-12);
      const double above = std::max(value - threshold, 0.0);
      across[x] += above, down[y] += above, sum += above;
    }
  }
  if (sum <= 0) return {};
  return {place_of(across, share * sum), place_of(down, share * sum),
          place_of(across, (1 - share) * sum), place_of(down, (1 - share) * sum)};
}

}  // namespace atelier::assist
