// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::assist {

/// A picture in few values, as painters lay it out before they begin (notan).
struct Values {
  std::vector<double> shares;     ///< of the area, the darkest first; sum 1
  std::vector<double> lightness;  ///< mean of each, Oklab L in 0..1
  double clearness = 0;           ///< 0..1: how much of the lightness's variance the values explain
  int masses = 0;                 ///< connected areas of one value, of 1/100 of the picture or more
  double largest = 0;             ///< share of the picture that the largest has
  std::string pattern;            ///< "light accents on dark", "mostly middle", ... in words
};

struct ValueStudy {
  Values values;
  image::Image picture;  ///< in greys; its long edge is 300 px; alpha as it was
};

/// Divides a picture into `steps` (3 or 5) values where that explains most of its lightness.
///
/// Source: Otsu, "A threshold selection method from gray-level histograms", IEEE Trans. Systems,
/// Man, and Cybernetics 9, 1979, with several thresholds, found exactly by dynamic programming over
/// 128 levels of Oklab's lightness. Before, details are opened and closed away by reconstruction;
/// after, areas under 1/500 of the picture go to the value that borders on them most.
///
/// A picture of fewer lightnesses than `steps` has values of share 0, and one of which nothing is
/// covered all of them. Throws Error invalid_argument for another number of steps.
[[nodiscard]] ValueStudy study_values(const image::Image& picture, int steps);

}  // namespace atelier::assist
