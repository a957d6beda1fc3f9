// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::vision {

/// A straight edge between light and dark; px of the picture, pixel centres at halves.
struct LineSegment {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double surprise = 0;  ///< -log10 of how many as good chance would draw in the whole picture; >= 0
};

/// Finds straight edges, the longest first.
///
/// Source: Grompone von Gioi, Jakubowicz, Morel, Randall, "LSD: a Line Segment Detector", Image
/// Processing On Line 2, 2012, as in OpenCV: areas whose gradients point one way are taken for a
/// line where chance would draw less than one such in the picture.
///
/// The picture is looked at with a long edge of at most 1024 px. The same picture gives the same
/// lines with any number of threads; one whose edge is under 8 px has none.
[[nodiscard]] std::vector<LineSegment> find_lines(const image::Image& picture);

}  // namespace atelier::vision
