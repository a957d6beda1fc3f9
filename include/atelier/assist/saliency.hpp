// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"

namespace atelier::assist {

inline constexpr int saliency_edge = 300;  ///< px, long edge of the map

/// How much each part of a picture stands out from what surrounds it: 0..1, a map whose long edge
/// is saliency_edge px whatever the picture's is. Nothing is learned.
///
/// Source: Zhang, Sclaroff, Lin, Shen, Price, Mech, "Minimum Barrier Salient Object Detection at 80
/// FPS", ICCV 2015 (MB+). What can be reached from the border of the picture without passing a
/// barrier, a step of colour, is background: the map is the least barrier on any way from there,
///   min over ways of (max I - min I along the way), summed over the channels,
/// by three raster scans, plus how far a colour is from those along each of the four borders
/// (Mahalanobis distance, the farthest border left out).
///
/// Differs: channels are those of Oklab, so that 0.01 is about a difference that can just be told;
/// no preference for the centre, since where things lie is what is to be measured; the mean of both
/// parts, to the power of 3/2 and smoothed over 3 px, stands for itself without openings, closings
/// and a steep threshold, which fill scenery as if it were one object; where the greatest barrier
/// is under 0.12, the map is lower in proportion, so that a flat picture with noise shows nothing.
/// Transparent parts count as white and are 0 in the map.
[[nodiscard]] image::Mask saliency(const image::Image& picture);

}  // namespace atelier::assist
