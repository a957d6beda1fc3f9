// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/level.hpp"

#include <cmath>
#include <numbers>

#include "assist/horizon.hpp"
#include "assist/line_fit.hpp"

namespace atelier::assist {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double steepest_lean = 15;  // degrees from upright
constexpr double shortest = 0.03;     // of an upright edge, of the long edge
constexpr double scatter = 1.0;       // degrees that upright edges may differ by
constexpr double agreement = 1.0;     // degrees between horizon and verticals

struct Verticals {
  double tilt = 0, certainty = 0;
};

/// Angles of upright edges over their place, fitted by t + k x.
std::optional<Verticals> find_verticals(image::Size size, const std::vector<Edge>& edges) {
  const double width = size.width, height = size.height, longest = std::max(width, height);
  std::vector<Sample> samples;
  double all = 0, left = 0, right = 0;
  for (const Edge& edge : edges) {
    double dx = (edge.line.to.x - edge.line.from.x) * width,
           dy = (edge.line.to.y - edge.line.from.y) * height;
    const double length = std::hypot(dx, dy);
    if (length < shortest * longest) continue;
    if (dy < 0) dx = -dx, dy = -dy;
    const double lean = std::atan2(dx, dy) / degree;  // above 0: its foot is to the right
    if (std::abs(lean) > steepest_lean) continue;
    const double x = ((edge.line.from.x + edge.line.to.x) / 2 - 0.5) * width / longest;
    samples.push_back({x, lean, length / longest});
    all += length / longest;
    (x < 0 ? left : right) += length / longest;
  }
  if (samples.size() < 3) return std::nullopt;
  const Fit fit = fit_line_robustly(samples, fit_line(samples), scatter);
  const double sure = share_within(samples, fit, scatter) * (1 - std::exp(-all / 1.5)) *
                      std::min(1.0, 4 * std::min(left, right) / all);
  return Verticals{fit.offset, sure};
}

}  // namespace

Level find_level(const image::Image& picture, const std::vector<Edge>& edges) {
  Level level;
  level.horizon = find_horizon(picture, edges);
  if (level.horizon) {
    level.tilt = level.horizon->tilt;
    level.certainty = level.horizon->certainty;
  }
  const auto verticals = find_verticals({picture.width, picture.height}, edges);
  if (!verticals) return level;
  level.verticals = verticals->tilt;
  level.verticals_certainty = verticals->certainty;
  const double less = std::min(level.certainty, verticals->certainty);
  if (verticals->certainty > level.certainty) {
    level.tilt = verticals->tilt;
    level.certainty = verticals->certainty;
  }
  if (!level.horizon) return level;
  const bool agree = std::abs(level.horizon->tilt - verticals->tilt) <= agreement;
  if (agree) {
    level.certainty = 1 - (1 - level.certainty) * (1 - less);
  } else {
    level.certainty *= 1 - less;
  }
  return level;
}

double level_share(image::Size size, double degrees) {
  const double angle = std::abs(degrees) * degree;
  const double ratio = std::max(static_cast<double>(size.width) / size.height,
                                static_cast<double>(size.height) / size.width);
  return 1 / (std::cos(angle) + ratio * std::sin(angle));
}

}  // namespace atelier::assist
