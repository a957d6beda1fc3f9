// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>

#include "atelier/image/image.hpp"
#include "atelier/vision/warp.hpp"
#include "moving_camera.hpp"

namespace atelier::testing {

/// A photograph of this long edge, px, has room for the camera's way in frames of `size`.
inline int long_edge_for(image::Size size) {
  return size.width * 5 / 2;
}

/// The camera's way over such a picture: it goes to the right by 1.2 % of a frame's width each
/// frame and down by a fifth of that, comes nearer by a fifth over 60 frames, and sways by two
/// degrees either way.
inline Camera camera_at(int frame, const image::Image& picture, image::Size size) {
  const double t = frame / 60.0;
  return {0.32 * picture.width + 0.7 * size.width * t,
          0.42 * picture.height + 0.14 * size.width * t, std::pow(1.2, t),
          0.035 * std::sin(6.2831853 * t)};
}

/// Root mean square of what changed between two frames besides the camera, over the pixels that
/// both show, 3 px inside; in the range of values, 0..1.
inline double true_change(const image::Image& last, const image::Image& now, const Camera& before,
                          const Camera& camera) {
  const image::Size size{now.width, now.height};
  vision::FlowField flow{now.width, now.height, {}};
  for (int y = 0; y < now.height; ++y) {
    for (int x = 0; x < now.width; ++x) {
      const auto [dx, dy] = true_flow(camera, before, {double(x), double(y)}, size);
      flow.xy.insert(flow.xy.end(), {static_cast<float>(dx), static_cast<float>(dy)});
    }
  }
  const image::Image moved = vision::warped(last, flow);
  constexpr float border = 3;
  double sum = 0, count = 0;
  for (int y = 0; y < now.height; ++y) {
    for (int x = 0; x < now.width; ++x) {
      const float px = static_cast<float>(x) + flow.dx(x, y),
                  py = static_cast<float>(y) + flow.dy(x, y);
      if (px < border || py < border || px > static_cast<float>(now.width) - 1 - border ||
          py > static_cast<float>(now.height) - 1 - border)
        continue;
      for (std::size_t c = 0; c < 3; ++c) {
        const std::size_t i = static_cast<std::size_t>(y * now.width + x) * 3 + c;
        const double apart = static_cast<double>(now.rgb[i]) - moved.rgb[i];
        sum += apart * apart;
        ++count;
      }
    }
  }
  return std::sqrt(sum / count);
}

}  // namespace atelier::testing
