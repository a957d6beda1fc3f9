// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/appraise/appraiser.hpp"
#include "atelier/image/image.hpp"
#include "atelier/image/turn.hpp"

namespace atelier::appraise {

/// A part of a work, and whether it speaks for a painter.
struct PartLikeness {
  image::Part part;     ///< px of the work
  double likeness = 0;  ///< mean cosine of this part alone to the painter's works, -1..1
  double lean = 0;      ///< its likeness less the mean of all parts': above 0 it speaks for the
                        ///< painter more than the rest of the work does, below 0 less
};

inline constexpr int parts_across = 3;
inline constexpr int least_part = 16;  ///< px, of an edge

/// Looks at parts_across x parts_across parts of a work, each half as wide and half as high as it,
/// so that neighbours share a half, as if each were a picture by itself.
///
/// Parts are compared with whole works, so that their likeness lies lower than that of works; what
/// counts is how they differ. Row by row, from the upper left. `reference` as
/// Appraiser::compare(). Throws Error invalid_argument where that does, and for a work with
/// parts below `least_part`.
[[nodiscard]] std::vector<PartLikeness> likeness_of_parts(const Appraiser& appraiser,
                                                          const image::Image& work,
                                                          const std::vector<Hand>& reference);

}  // namespace atelier::appraise
