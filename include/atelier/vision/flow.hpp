// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::vision {

/// Where each pixel of one picture is found in another: what is at (x, y) here is at (x + dx,
/// y + dy) there, px; pixel centres have whole coordinates. dx, dy interleaved, top row first.
struct FlowField {
  int width = 0;   ///< px
  int height = 0;  ///< px
  std::vector<float> xy;

  [[nodiscard]] std::size_t index(int x, int y) const noexcept {
    return 2 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                static_cast<std::size_t>(x));
  }
  [[nodiscard]] float dx(int x, int y) const noexcept { return xy[index(x, y)]; }
  [[nodiscard]] float dy(int x, int y) const noexcept { return xy[index(x, y) + 1]; }
};

/// The motion between two frames, looked for both ways.
struct Motion {
  FlowField back;   ///< from this frame to the last one
  FlowField forth;  ///< from the last frame to this one
};

/// Dense optical flow between two pictures of one size, each edge >= 16 px.
///
/// Source: Kroeger, Timofte, Dai, Van Gool, "Fast Optical Flow using Dense Inverse Search", ECCV
/// 2016, as in OpenCV, with its medium preset and variational refinement (Brox, Bruhn, Papenberg,
/// Weickert, ECCV 2004). Differs from the preset: the finest pyramid level is the picture itself,
/// for which strokes of a pixel's width need. The same pictures give the same flow on any number of
/// processors: each direction is computed by one thread, both at once.
///
/// Throws Error invalid_argument when sizes differ or an edge is too short.
[[nodiscard]] Motion motion_between(const image::Image& last, const image::Image& now);

}  // namespace atelier::vision
