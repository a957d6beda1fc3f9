// SPDX-License-Identifier: Apache-2.0
#include "assist/placement.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atelier::assist {
namespace {

constexpr double near_line = 0.17, near_centre = 0.2;  // of Liu et al.
constexpr double horizon_weight = 0.5;                 // beside subjects, whose weights sum to 1

}  // namespace

double closeness(double distance, double reach) {
  return std::exp(-distance * distance / (2 * reach * reach));
}

Point seen_in(const Box& part, const Point& point) {
  return {(point.x - part.left) / part.width(), (point.y - part.top) / part.height()};
}

WeightSums::WeightSums(const image::Mask& weight)
    : weight_(weight.width + 1, weight.height + 1), x_(weight_), y_(weight_) {
  for (int y = 0; y < weight.height; ++y) {
    for (int x = 0; x < weight.width; ++x) {
      const double value = weight.values[static_cast<std::size_t>(y) * weight.width + x];
      const auto add = [&](Plane& sums, double one) {
        sums.at(x + 1, y + 1) = one + sums.at(x, y + 1) + sums.at(x + 1, y) - sums.at(x, y);
      };
      add(weight_, value);
      add(x_, value * (x + 0.5) / weight.width);
      add(y_, value * (y + 0.5) / weight.height);
    }
  }
}

WeightSums::Sum WeightSums::within(const Box& part) const {
  const int width = weight_.width - 1, height = weight_.height - 1;
  const auto first = [](double at, int edge) {
    return std::clamp(static_cast<int>(std::lround(at * edge)), 0, edge - 1);
  };
  const auto end = [](double at, int edge, int from) {
    return std::clamp(static_cast<int>(std::lround(at * edge)), from + 1, edge);
  };
  const int left = first(part.left, width), top = first(part.top, height);
  const int right = end(part.right, width, left), bottom = end(part.bottom, height, top);
  const auto sum = [&](const Plane& sums) {
    return sums.at(right, bottom) - sums.at(left, bottom) - sums.at(right, top) +
           sums.at(left, top);
  };
  return {sum(weight_), sum(x_), sum(y_), static_cast<double>((right - left) * (bottom - top))};
}

double WeightSums::share(const Box& part) const {
  const double all = weight_.values.back();
  return all > 0 ? std::clamp(within(part).weight / all, 0.0, 1.0) : 0;
}

double WeightSums::mean(const Box& part) const {
  const Sum sum = within(part);
  return std::max(sum.weight, 0.0) / sum.pixels;
}

Balance WeightSums::balance(const Box& part) const {
  const Sum sum = within(part);
  Balance balance;
  if (sum.weight <= 1e-9) return balance;
  balance.centre = seen_in(part, {sum.x / sum.weight, sum.y / sum.weight});
  balance.value =
      closeness(std::hypot(balance.centre.x - 0.5, balance.centre.y - 0.5), near_centre);
  return balance;
}

std::optional<Placement> placement_within(const Scene& scene, const std::optional<Horizon>& horizon,
                                          const Box& part, double division) {
  const std::array<double, 2> lines{division, 1 - division};
  const auto to_line = [&](double at) {
    return std::min(std::abs(at - lines[0]), std::abs(at - lines[1]));
  };
  Placement placement;
  double points = 0, on_lines = 0, weight = 0, lines_weight = 0;
  bool first = true;
  for (const Subject& subject : scene.subjects) {
    const Point at = seen_in(part, subject.centre);
    if (at.x < 0 || at.x > 1 || at.y < 0 || at.y > 1) continue;
    const double x = to_line(at.x), y = to_line(at.y);
    points += subject.weight * closeness(x + y, near_line);
    on_lines += subject.weight * closeness(std::min(x, y), near_line);
    weight += subject.weight;
    if (!first) continue;
    first = false;
    placement.distance = x + y;
    placement.crossing = {at.x < 0.5 ? lines[0] : lines[1], at.y < 0.5 ? lines[0] : lines[1]};
  }
  lines_weight = weight;
  if (horizon && horizon->certainty >= certain) {
    const double at = seen_in(part, {0.5, (horizon->line.from.y + horizon->line.to.y) / 2}).y;
    if (at > 0 && at < 1) {
      on_lines += horizon_weight * closeness(to_line(at), near_line);
      lines_weight += horizon_weight;
    }
  }
  if (lines_weight <= 0) return std::nullopt;
  if (weight > 0) placement.value += points / weight / 3;
  placement.value += 2 * on_lines / lines_weight / 3;
  return placement;
}

}  // namespace atelier::assist
