// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "atelier/image/image.hpp"

namespace atelier::testing {

/// Where a camera looks on a flat picture: its frame's centre lies at (x, y), px; a frame's pixel
/// is 1 / zoom px wide; turned by angle radians.
struct Camera {
  double x = 0, y = 0, zoom = 1, angle = 0;

  using Point = std::array<double, 2>;

  /// The place on the picture that a frame of `size` shows at p.
  [[nodiscard]] Point shown(Point p, image::Size size) const {
    const double u = (p[0] - 0.5 * (size.width - 1)) / zoom,
                 v = (p[1] - 0.5 * (size.height - 1)) / zoom;
    return {x + std::cos(angle) * u - std::sin(angle) * v,
            y + std::sin(angle) * u + std::cos(angle) * v};
  }
  /// Where a frame of `size` shows the picture's place.
  [[nodiscard]] Point seen_at(Point place, image::Size size) const {
    const double u = place[0] - x, v = place[1] - y;
    return {(std::cos(angle) * u + std::sin(angle) * v) * zoom + 0.5 * (size.width - 1),
            (-std::sin(angle) * u + std::cos(angle) * v) * zoom + 0.5 * (size.height - 1)};
  }
};

/// Where what `now` shows at p was shown by `last`, less p: the true flow.
inline Camera::Point true_flow(const Camera& now, const Camera& last, Camera::Point p,
                               image::Size size) {
  const auto [x, y] = last.seen_at(now.shown(p, size), size);
  return {x - p[0], y - p[1]};
}

/// A frame of what `colour(x, y, channel)` paints.
template <class F>
image::Image frame_of(const F& colour, const Camera& camera, image::Size size) {
  image::Image frame;
  frame.width = size.width;
  frame.height = size.height;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const auto [px, py] = camera.shown({static_cast<double>(x), static_cast<double>(y)}, size);
      for (int c = 0; c < 3; ++c) frame.rgb.push_back(static_cast<float>(colour(px, py, c)));
    }
  }
  return frame;
}

/// Texture without end: waves of 7 to 60 px in all directions.
inline double texture(double x, double y, int channel) {
  double value = 0.5;
  for (int i = 0; i < 24; ++i) {
    const double angle = 2.4 * i + 0.3, length = 7 * std::pow(60.0 / 7, i / 23.0);
    const double phase = 6.2831853 * (std::cos(angle) * x + std::sin(angle) * y) / length;
    value += 0.045 * std::sin(phase + 1.7 * i + 0.4 * channel);
  }
  return std::clamp(value, 0.0, 1.0);
}

/// A photograph as such a texture, bilinear between its pixels and mirrored beyond its border.
class Photograph {
 public:
  explicit Photograph(const image::Image& picture) : picture_(picture) {}

  double operator()(double x, double y, int channel) const {
    const double left = std::floor(x), top = std::floor(y), s = x - left, t = y - top;
    const auto value = [&](double i, double j) {
      const auto column = mirrored(i, picture_.width), row = mirrored(j, picture_.height);
      return static_cast<double>(
          picture_.rgb[(row * static_cast<std::size_t>(picture_.width) + column) * 3 +
                       static_cast<std::size_t>(channel)]);
    };
    return (1 - t) * ((1 - s) * value(left, top) + s * value(left + 1, top)) +
           t * ((1 - s) * value(left, top + 1) + s * value(left + 1, top + 1));
  }

 private:
  static std::size_t mirrored(double at, int length) {
    const auto period = static_cast<double>(2 * length);
    const double within = at - period * std::floor(at / period);
    return static_cast<std::size_t>(within < length ? within : period - 1 - within);
  }

  const image::Image& picture_;
};

}  // namespace atelier::testing
