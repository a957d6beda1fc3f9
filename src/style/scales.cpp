// SPDX-License-Identifier: Apache-2.0
#include "style/scales.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::style {

std::vector<Scale> plan_scales(int size, int min_size, double step, int iterations,
                               int first_iterations) {
  std::vector<Scale> scales;
  // The small tolerance keeps 128 in 512, 362, 256, 181, 128 whatever way the roots round.
  for (double edge = size; scales.empty() || edge >= min_size - 0.5; edge /= step) {
    scales.push_back({static_cast<int>(std::lround(edge)), iterations});
  }
  std::reverse(scales.begin(), scales.end());
  for (std::size_t i = 0; i + 1 < scales.size(); ++i) {
    const double way = static_cast<double>(i) / static_cast<double>(scales.size() - 1);
    const double steps =
        first_iterations * std::pow(static_cast<double>(iterations) / first_iterations, way);
    scales[i].iterations = static_cast<int>(std::lround(steps));
  }
  return scales;
}

std::vector<Scale> refining_scales(int size, int min_size, double step, int iterations) {
  const int coarser = static_cast<int>(std::lround(size / step));
  return plan_scales(size, std::max(min_size, coarser), step, iterations,
                     std::max(1, iterations / 2));
}

}  // namespace atelier::style
