// SPDX-License-Identifier: Apache-2.0
#include "assist/line_fit.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::assist {
namespace {

constexpr int steps = 10;

double median_away(const std::vector<Sample>& samples, const Fit& fit) {
  std::vector<double> away;
  for (const Sample& sample : samples) away.push_back(std::abs(sample.y - fit.at(sample.x)));
  const auto middle = away.begin() + static_cast<std::ptrdiff_t>(away.size() / 2);
  std::nth_element(away.begin(), middle, away.end());
  return *middle;
}

}  // namespace

Fit fit_line(const std::vector<Sample>& samples) {
  double w = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const Sample& s : samples) w += s.weight, x += s.weight * s.x, y += s.weight * s.y;
  if (w == 0) return {};
  x /= w, y /= w;
  for (const Sample& s : samples) {
    xx += s.weight * (s.x - x) * (s.x - x);
    xy += s.weight * (s.x - x) * (s.y - y);
  }
  const double slope = xx > 1e-12 * w ? xy / xx : 0;
  return {y - slope * x, slope};
}

Fit fit_line_robustly(const std::vector<Sample>& samples, Fit start, double reach) {
  if (samples.empty()) return start;
  const double first = std::max(3 * median_away(samples, start), reach);
  for (int step = 1; step <= steps; ++step) {
    const double width = first * std::pow(reach / first, static_cast<double>(step) / steps);
    std::vector<Sample> near;
    for (Sample sample : samples) {
      const double away = (sample.y - start.at(sample.x)) / width;
      if (std::abs(away) >= 1) continue;
      sample.weight *= (1 - away * away) * (1 - away * away);
      near.push_back(sample);
    }
    if (near.size() < 2) break;
    start = fit_line(near);
  }
  return start;
}

double share_within(const std::vector<Sample>& samples, const Fit& fit, double reach) {
  double all = 0, within = 0;
  for (const Sample& sample : samples) {
    all += sample.weight;
    if (std::abs(sample.y - fit.at(sample.x)) <= reach) within += sample.weight;
  }
  return all > 0 ? within / all : 0;
}

}  // namespace atelier::assist
