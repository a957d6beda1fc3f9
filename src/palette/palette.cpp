// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/palette.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace atelier::palette {
namespace {

constexpr double degree = std::numbers::pi / 180;

}  // namespace

double chroma(const image::Oklab& colour) {
  return std::hypot(colour.a, colour.b);
}

double hue(const image::Oklab& colour) {
  const double angle = std::atan2(colour.b, colour.a) / degree;
  return angle < 0 ? angle + 360 : angle;
}

image::Oklab from_lch(double lightness, double chroma, double hue) {
  return {lightness, chroma * std::cos(hue * degree), chroma * std::sin(hue * degree)};
}

std::string hex(const image::Rgb& rgb) {
  std::string text = "#";
  for (const double value : rgb) {
    text += fmt::format("{:02x}", std::lround(std::clamp(value, 0.0, 1.0) * 255));
  }
  return text;
}

std::vector<double> weights(const Palette& palette) {
  std::vector<double> result;
  double sum = 0;
  for (const Colour& colour : palette.colours) {
    result.push_back(colour.share.value_or(0));
    sum += result.back();
  }
  const bool known = sum > 0 && std::all_of(palette.colours.begin(), palette.colours.end(),
                                            [](const Colour& c) { return c.share.has_value(); });
  for (double& weight : result)
    weight = known ? weight / sum : 1 / static_cast<double>(result.size());
  return result;
}

}  // namespace atelier::palette
