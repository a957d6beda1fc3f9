// SPDX-License-Identifier: Apache-2.0
#include "assist/symmetry.hpp"

#include <algorithm>
#include <cmath>

#include "assist/planes.hpp"

namespace atelier::assist {
namespace {

constexpr int compared_edge = 96;   // px
constexpr double slow = 1.0 / 8;    // of the long edge: radius of what counts as a slow change
constexpr double off_middle = 0.1;  // of the width, that the axis may be off
constexpr double least_deviation = 0.01;  // of lightness: what is flatter shows nothing

/// What is lighter and darker than its surroundings, large and small differences evened out.
Plane evened(const Plane& lightness) {
  const int radius =
      std::max(1, static_cast<int>(slow * std::max(lightness.width, lightness.height)));
  const Plane mean = box_mean(lightness, radius);
  Plane result = lightness, squares = lightness;
  for (std::size_t i = 0; i < result.values.size(); ++i) {
    result.values[i] -= mean.values[i];
    squares.values[i] = result.values[i] * result.values[i];
  }
  const Plane variance = box_mean(squares, radius);
  for (std::size_t i = 0; i < result.values.size(); ++i)
    result.values[i] /= std::sqrt(std::max(variance.values[i], 0.0)) + least_deviation;
  return result;
}

/// Correlation of pairs of values; 1 where neither varies.
class Correlation {
 public:
  void add(double a, double b) {
    aa_ += a * a;
    bb_ += b * b;
    ab_ += a * b;
  }
  [[nodiscard]] double value() const {
    if (aa_ < 1e-9 && bb_ < 1e-9) return 1;
    return std::max(0.0, ab_ / std::sqrt(std::max(aa_ * bb_, 1e-18)));
  }

 private:
  double aa_ = 0, bb_ = 0, ab_ = 0;
};

/// About the upright line at `twice` / 2 px.
double about(const Plane& plane, int twice) {
  Correlation correlation;
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x) {
      const int mirrored = twice - 1 - x;
      if (mirrored < 0 || mirrored >= plane.width) continue;
      correlation.add(plane.at(x, y), plane.at(mirrored, y));
    }
  }
  return correlation.value();
}

double upside_down(const Plane& plane) {
  Correlation correlation;
  for (int y = 0; y < plane.height; ++y) {
    for (int x = 0; x < plane.width; ++x)
      correlation.add(plane.at(x, y), plane.at(x, plane.height - 1 - y));
  }
  return correlation.value();
}

}  // namespace

Symmetry symmetry_of(const image::Image& picture) {
  const Plane plane = evened(oklab_planes(at_long_edge(picture, compared_edge))[0]);
  Symmetry symmetry;
  symmetry.left_right = about(plane, plane.width);
  const int reach = static_cast<int>(2 * off_middle * plane.width);
  for (int off = -reach; off <= reach; ++off) {
    const double value = about(plane, plane.width + off);
    // The middle is left only for what is clearly better.
    if (value <= symmetry.left_right + 1e-9 + (symmetry.axis == 0.5 ? 0.02 : 0)) continue;
    symmetry.left_right = value;
    symmetry.axis = 0.5 * (plane.width + off) / plane.width;
  }
  symmetry.top_bottom = upside_down(plane);
  return symmetry;
}

}  // namespace atelier::assist
