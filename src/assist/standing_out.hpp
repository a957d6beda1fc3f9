// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/assist/geometry.hpp"
#include "atelier/image/image.hpp"

namespace atelier::assist {

/// An area that stands out from what surrounds it.
struct StandingOut {
  Box box;
  double clearness = 0;  ///< 0..1: how well it is told from its surroundings
  double area = 0;       ///< share of the picture
};

/// What stands out, and whether that is all that does.
struct Objects {
  std::vector<StandingOut> found;  ///< at most three, none over another, the most prominent first
  double certainty = 0;  ///< 0..1: the part of all saliency above 1/4 that lies within their boxes
};

/// Looks for objects among the connected areas of raw saliency above 0.15, 0.2 ... 0.8 (holes
/// filled), of 3/1000 to 6/10 of the picture, which do not cross it from border to border. With R a
/// ring around an area, 2 px to 4 % of the long edge away from it,
///   clearness = min(1, (mean saliency within - that in R) / 0.35)
///               * (1 - overlap of the histograms of colours within and in R)
///               * the part of R that lies below the area's threshold.
/// Areas of a clearness of 0.4 and more are taken in the order of clearness * area^(1/4), if they
/// do not overlap one that was taken and are not under a tenth of the largest. Boxes of more than
/// half of the picture that touch its border are scenery and left out.
/// Of our own making, chosen by what is found in photographs (docs/frame.md).
[[nodiscard]] Objects find_objects(const image::Image& picture);

}  // namespace atelier::assist
