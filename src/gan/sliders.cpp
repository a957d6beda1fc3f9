// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/sliders.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "atelier/image/oklab.hpp"

namespace atelier::gan {
namespace {

constexpr int components = 16;
constexpr double step = 0.5;  // deviations to either side

constexpr std::array attributes{"light", "warm", "colour", "contrast", "detail"};
using Measures = std::array<double, attributes.size()>;

Measures measured(const image::Image& picture) {
  const auto count = static_cast<double>(picture.pixels());
  double light = 0, square = 0, warm = 0, chroma = 0, steps = 0;
  const int width = picture.width;
  std::vector<double> row(static_cast<std::size_t>(width)), above(row.size());
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < width; ++x) {
      const float* rgb = picture.rgb.data() + 3 * (std::ptrdiff_t{y} * width + x);
      const image::Oklab colour = image::oklab_from_srgb({rgb[0], rgb[1], rgb[2]});
      const auto at = static_cast<std::size_t>(x);
      row[at] = colour.L;
      light += colour.L;
      square += colour.L * colour.L;
      warm += colour.a + colour.b;
      chroma += std::hypot(colour.a, colour.b);
      if (x > 0) steps += std::abs(row[at] - row[at - 1]);
      if (y > 0) steps += std::abs(row[at] - above[at]);
    }
    std::swap(row, above);
  }
  light /= count;
  return {light, warm / count, chroma / count,
          std::sqrt(std::max(0.0, square / count - light * light)), steps / count};
}

}  // namespace

const std::vector<std::string>& slider_names() {
  static const std::vector<std::string> names(attributes.begin(), attributes.end());
  return names;
}

std::vector<Slider> sliders(const Painter& painter) {
  const std::vector<Direction> ways = painter.directions(components);
  const Latent mean = painter.mean();
  const auto at = [&](const Direction& way, double steps) {
    return measured(painter.paint(moved(mean, way, steps, 0, mean.levels - 1)));
  };
  std::vector<Measures> slopes;
  for (const Direction& way : ways) {
    const Measures up = at(way, step), down = at(way, -step);
    Measures& slope = slopes.emplace_back();
    for (std::size_t k = 0; k < slope.size(); ++k) slope[k] = (up[k] - down[k]) / (2 * step);
  }
  std::vector<Slider> all;
  for (std::size_t k = 0; k < attributes.size(); ++k) {
    double length = 0;
    for (const Measures& slope : slopes) length = std::hypot(length, slope[k]);
    Slider slider{attributes.at(k), {}};
    slider.direction.style.assign(static_cast<std::size_t>(mean.size), 0.0F);
    for (std::size_t i = 0; i < ways.size(); ++i) {
      const auto share = static_cast<float>(slopes[i][k] / std::max(length, 1e-12));
      for (std::size_t j = 0; j < ways[i].style.size(); ++j) {
        slider.direction.style[j] += share * ways[i].style[j];
      }
    }
    all.push_back(std::move(slider));
  }
  return all;
}

}  // namespace atelier::gan
