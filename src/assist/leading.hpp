// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/assist/composition.hpp"

namespace atelier::assist {

/// Straight edges that continue each other made one, the longest first; only those of a tenth of
/// the diagonal and more.
struct LongLine {
  Line line;
  double length = 0;  ///< in diagonals of the picture
  double cover = 0;   ///< the part of it that edges were found on, 0..1
};
[[nodiscard]] std::vector<LongLine> long_lines(image::Size size, const std::vector<Edge>& edges);

/// Lines that lead to the main subject, and where lines meet.
///
/// A line leads when it points at the main subject's box and ends before it or in it, begins
/// further away than it ends and outside of the box, and is neither level nor upright (4 degrees)
/// nor the horizon. Its certainty is 1 - exp(-length / 0.25) times its cover, less the further from
/// the subject it ends: nothing at 0.4 of the diagonal.
///
/// A vanishing point is where most of the length of such lines passes within 1/50 of the diagonal,
/// among all places where two of them cross. Its certainty is 1 - exp(-(lines - 2) / 2) times the
/// share of the length that passes.
[[nodiscard]] Leading leading_of(const Scene& scene, const std::vector<LongLine>& lines,
                                 const Level& level);

/// The part of their length that runs along a diagonal (composition.hpp).
[[nodiscard]] double diagonals_of(image::Size size, const std::vector<LongLine>& lines);

}  // namespace atelier::assist
