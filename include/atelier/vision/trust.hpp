// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/mask.hpp"
#include "atelier/vision/flow.hpp"

namespace atelier::vision {

/// How far each pixel of this frame may take over what the last one shows there: 0 where it has
/// just come into sight, at the edges of what moves and where the flow leads out of the picture, 1
/// elsewhere, soft in between.
///
/// Source: Sundaram, Brox, Keutzer, "Dense Point Trajectories by GPU-accelerated Large Displacement
/// Optical Flow", ECCV 2010, with the figures of Ruder, Dosovitskiy, Brox, "Artistic style transfer
/// for videos", GCPR 2016, eq. 5 and 6. With b the flow to the last frame and f the flow back from
/// where it leads, 0 where
///   |b + f|^2 > 0.01 (|b|^2 + |f|^2) + 0.5       (the two ways disagree: hidden before), or
///   |grad bx|^2 + |grad by|^2 > 0.01 |b|^2 + 0.002    (an edge of motion).
/// Differs: the gradient is that of the flow less the affine motion that most of the picture
/// shares, so that a fast zoom or turn of the camera is no edge; the zeros grow by a pixel and
/// their border is averaged over 3 x 3, so that no seam is painted along them.
[[nodiscard]] image::Mask trusted(const Motion& motion);

}  // namespace atelier::vision
