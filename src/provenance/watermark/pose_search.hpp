// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "provenance/watermark/pattern.hpp"
#include "provenance/watermark/plane.hpp"

namespace atelier::provenance::watermark {

/// How a tile may lie in a plane.
struct Pose {
  double scale = 1;        ///< pixels of the plane for one of the tile
  double angle = 0;        ///< radians, clockwise as seen
  double correlation = 0;  ///< PilotPeak::correlation, at a place of any
};

/// Sizes and tilts that search_poses() tries, either way.
inline constexpr double pose_angle = 8.0;         ///< degrees
inline constexpr double pose_angle_step = 0.5;    ///< degrees
inline constexpr double pose_scale_step = 0.009;  ///< of 1
inline constexpr int pose_angles = 33, pose_scales = 21;

/// Tries scales within 9 % of 1 and angles within 8 degrees, and returns the best `count` that are
/// no neighbours, refined, the best first.
///
/// A tile of scale s and angle a has its frequencies k at R(a) k / (128 s) in the plane: these are
/// read off the transform of the plane's middle (512 px at most), padded to twice its size and
/// interpolated, which costs the same for every plane; all places of the tile are tried at once by
/// a transform back.
[[nodiscard]] std::vector<Pose> search_poses(const Plane& signal, const Pattern& pattern,
                                             std::size_t count);

}  // namespace atelier::provenance::watermark
