// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <vector>

#include "appraise/measures/measures.hpp"

namespace atelier::appraise {
namespace {

constexpr int reach = 4;  // the mean is over 2 * reach + 1 px

/// Differences between neighbours along one axis: their sum, and how much of it a mean over 9 px
/// along the same axis takes away.
struct Differences {
  double all = 0, lost = 0;

  /// `next` lies one step after `here`, blurred the same.
  void add(double here, double next, double here_blurred, double next_blurred) {
    const double difference = std::abs(next - here);
    all += difference;
    lost += std::max(0.0, difference - std::abs(next_blurred - here_blurred));
  }
};

/// The picture's border repeats beyond it.
int within(int at, int length) {
  return std::clamp(at, 0, length - 1);
}

Differences along_rows(const Plane& luma) {
  Differences differences;
  std::vector<double> blurred(static_cast<std::size_t>(luma.width));
  for (int y = 0; y < luma.height; ++y) {
    const float* row = luma.row(y);
    double sum = 0;
    for (int k = -reach; k <= reach; ++k) sum += row[within(k, luma.width)];
    for (int x = 0; x < luma.width; ++x) {
      blurred[static_cast<std::size_t>(x)] = sum / (2 * reach + 1);
      sum += row[within(x + reach + 1, luma.width)] - row[within(x - reach, luma.width)];
    }
    for (int x = 0; x + 1 < luma.width; ++x) {
      const auto i = static_cast<std::size_t>(x);
      differences.add(row[x], row[x + 1], blurred[i], blurred[i + 1]);
    }
  }
  return differences;
}

Differences along_columns(const Plane& luma) {
  Differences differences;
  const auto width = static_cast<std::size_t>(luma.width);
  std::vector<double> sum(width), blurred(width), before(width);
  for (int k = -reach; k <= reach; ++k) {
    const float* row = luma.row(within(k, luma.height));
    for (std::size_t x = 0; x < width; ++x) sum[x] += row[x];
  }
  for (int y = 0; y < luma.height; ++y) {
    const float* in = luma.row(within(y + reach + 1, luma.height));
    const float* out = luma.row(within(y - reach, luma.height));
    const float* last = luma.row(within(y - 1, luma.height));
    const float* row = luma.row(y);
    for (std::size_t x = 0; x < width; ++x) {
      blurred[x] = sum[x] / (2 * reach + 1);
      sum[x] += in[x] - out[x];
      if (y > 0) differences.add(last[x], row[x], before[x], blurred[x]);
    }
    std::swap(before, blurred);
  }
  return differences;
}

/// The rest of a difference that nothing is left of is rounding.
double share_lost(const Differences& differences) {
  return differences.all > 1e-9 ? differences.lost / differences.all : 0;
}

}  // namespace

double sharpness_of(const Plane& luma) {
  // Blur is the greater of both shares kept, so sharpness the lesser of both lost; a picture that
  // varies along one axis alone is judged by that one.
  const Differences rows = along_rows(luma), columns = along_columns(luma);
  if (rows.all <= 1e-9) return share_lost(columns);
  if (columns.all <= 1e-9) return share_lost(rows);
  return std::min(share_lost(rows), share_lost(columns));
}

}  // namespace atelier::appraise
