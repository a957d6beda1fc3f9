// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "atelier/image/file.hpp"
#include "atelier/image/oklab.hpp"
#include "atelier/retrieval/looks.hpp"

namespace atelier::retrieval {
namespace {

constexpr int edge = 64, light_places = 8, edge_places = 4, directions = 8;

/// To length one; what is nearly nothing stays so, instead of its noise being blown up.
void normalise(std::span<float> part) {
  constexpr double faint = 0.05;
  double squares = 0;
  for (const float v : part) squares += double{v} * v;
  const auto shrink = static_cast<float>(1 / (std::sqrt(squares) + faint));
  for (float& v : part) v *= shrink;
}

std::vector<float> lightness(const image::Image& picture) {
  const image::Image small = image::resize(picture, {edge, edge});
  std::vector<float> light(small.pixels());
  for (std::size_t p = 0; p < light.size(); ++p) {
    const float* rgb = &small.rgb[3 * p];
    light[p] = static_cast<float>(image::oklab_from_srgb({rgb[0], rgb[1], rgb[2]}).L);
  }
  return light;
}

}  // namespace

std::vector<float> composition_look(const image::Image& picture) {
  const std::vector<float> light = lightness(picture);
  const auto at = [&](int x, int y) { return light[static_cast<std::size_t>(y * edge + x)]; };
  std::vector<float> look(light_places * light_places + edge_places * edge_places * directions + 1);
  const std::span<float> places = std::span(look).first(light_places * light_places);
  const std::span<float> edges =
      std::span(look).subspan(places.size(), look.size() - 1 - places.size());
  for (int y = 0; y < edge; ++y) {
    for (int x = 0; x < edge; ++x) {
      const int place = y * light_places / edge * light_places + x * light_places / edge;
      places[static_cast<std::size_t>(place)] += at(x, y);
      if (x == 0 || y == 0 || x + 1 == edge || y + 1 == edge) continue;
      const double dx = at(x + 1, y) - at(x - 1, y), dy = at(x, y + 1) - at(x, y - 1);
      // Which side is the lighter does not count.
      const double turn = std::atan2(dy, dx) / std::numbers::pi;
      const int direction =
          static_cast<int>(std::floor((turn - std::floor(turn)) * directions)) % directions;
      const int cell = y * edge_places / edge * edge_places + x * edge_places / edge;
      edges[static_cast<std::size_t>(cell * directions + direction)] +=
          static_cast<float>(std::hypot(dx, dy));
    }
  }
  double mean = 0;
  for (const float v : places) mean += v / static_cast<double>(places.size());
  for (float& v : places) v -= static_cast<float>(mean);
  normalise(places);
  normalise(edges);
  look.back() = 1e-3F;  // so that a blank picture has a direction, too
  return look;
}

}  // namespace atelier::retrieval
