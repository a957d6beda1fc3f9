// SPDX-License-Identifier: Apache-2.0
#include "style/compatibility/palette.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace atelier::style {
namespace {

using Vector = std::array<double, 3>;

double linear(double value) {
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

/// Direction `i` of `count` spread evenly over half a sphere (Fibonacci's lattice).
Vector direction(int i, int count) {
  const double z = (i + 0.5) / count, radius = std::sqrt(1 - z * z);
  const double angle = 2 * std::numbers::pi * i / std::numbers::phi;
  return {z, radius * std::cos(angle), radius * std::sin(angle)};
}

}  // namespace

std::array<double, 3> oklab(double red, double green, double blue) {
  const double r = linear(red), g = linear(green), b = linear(blue);
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Palette::Palette(const image::Image& picture) {
  std::vector<Vector> colours(picture.pixels());
  const auto count = static_cast<double>(colours.size());
  const double hue = std::numbers::pi / 3;
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const float* rgb = picture.rgb.data() + 3 * i;
    colours[i] = oklab(rgb[0], rgb[1], rgb[2]);
    for (double& value : colours[i]) value *= 100;
    const auto& [lightness, a, b] = colours[i];
    lightness_ += lightness / count;
    warmth_ += (a * std::cos(hue) + b * std::sin(hue)) / count;
    chroma_ += std::hypot(a, b) / count;
  }
  std::vector<double> values(colours.size());
  for (int d = 0; d < directions; ++d) {
    const Vector along = direction(d, directions);
    for (std::size_t i = 0; i < colours.size(); ++i) {
      const Vector& c = colours[i];
      values[i] = along[0] * c[0] + along[1] * c[1] + along[2] * c[2];
    }
    std::sort(values.begin(), values.end());
    for (int q = 0; q < quantiles; ++q) {
      const double place = (q + 0.5) / quantiles * count - 0.5;
      const double low = std::clamp(std::floor(place), 0.0, count - 1);
      const double high = std::min(low + 1, count - 1);
      const double share = std::clamp(place - low, 0.0, 1.0);
      along_[d][q] = (1 - share) * values[static_cast<std::size_t>(low)] +
                     share * values[static_cast<std::size_t>(high)];
    }
  }
}

PaletteDifference Palette::to(const Palette& painting) const {
  double sum = 0;
  for (int d = 0; d < directions; ++d) {
    for (int q = 0; q < quantiles; ++q) {
      const double off = painting.along_[d][q] - along_[d][q];
      sum += off * off;
    }
  }
  return {.distance = std::sqrt(3 * sum / (directions * quantiles)),
          .lightness = painting.lightness_ - lightness_,
          .warmth = painting.warmth_ - warmth_,
          .saturation = painting.chroma_ - chroma_};
}

}  // namespace atelier::style
