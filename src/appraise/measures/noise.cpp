// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <vector>

#include "appraise/measures/measures.hpp"

namespace atelier::appraise {
namespace {

// The mask (1 -2 1; -2 4 -2; 1 -2 1) has the norm 6; half of all normal deviates are within 0.6745.
constexpr double mask_norm = 6, half_within = 0.674489750196082;
constexpr int bins_a_level = 64, levels = 8 * 255 + 1;  // no response is greater than 8 * 255

/// The value that half of what was counted lies below, with what falls into a bin spread evenly
/// over it; exact zeros stand apart.
double median(const std::vector<std::size_t>& bins, std::size_t zeros, std::size_t count) {
  double below = static_cast<double>(zeros);
  const double half = 0.5 * static_cast<double>(count);
  if (below >= half) return 0;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const auto here = static_cast<double>(bins[i]);
    if (here > 0 && below + here >= half) {
      return (static_cast<double>(i) + (half - below) / here) / bins_a_level;
    }
    below += here;
  }
  return 0;
}

}  // namespace

double noise_of(const Plane& luma) {
  std::vector<std::size_t> bins(static_cast<std::size_t>(bins_a_level) * levels);
  std::size_t zeros = 0;
  for (int y = 1; y + 1 < luma.height; ++y) {
    const float *above = luma.row(y - 1), *here = luma.row(y), *below = luma.row(y + 1);
    for (int x = 1; x + 1 < luma.width; ++x) {
      const auto column = [&](int i) { return above[i] - 2 * here[i] + below[i]; };
      const float response = std::abs(column(x - 1) - 2 * column(x) + column(x + 1));
      if (response < 1e-3F) {  // rounding of a flat place
        ++zeros;
      } else {
        ++bins[std::min(static_cast<std::size_t>(response * bins_a_level), bins.size() - 1)];
      }
    }
  }
  const auto count =
      static_cast<std::size_t>(luma.width - 2) * static_cast<std::size_t>(luma.height - 2);
  return median(bins, zeros, count) / (mask_norm * half_within);
}

}  // namespace atelier::appraise
