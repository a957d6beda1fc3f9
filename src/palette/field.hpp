// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/image/image.hpp"
#include "palette/even.hpp"

namespace atelier::palette {

/// The pixels of a picture as its colours are counted, row by row.
struct Field {
  int width = 0, height = 0;    ///< px
  std::vector<Even> colours;    ///< of smoothed pixels
  std::vector<image::Rgb> rgb;  ///< the same, sRGB
  std::vector<float> area;      ///< how much of the picture each stands for: its coverage, 0..1
  std::vector<float> witness;   ///< area, less where colours change: what a colour is found by
};

/// Smooths the picture within areas and not across their edges, and says where it is flat.
///
/// Noise goes by two passes of a bilateral filter (Tomasi and Manduchi, ICCV 1998) over 5 x 5 px
/// whose range follows the noise: 2.5 times the deviation that the median difference of neighbours
/// tells, within 0.03..0.09. Edges, where antialiasing, resizing and JPEG make colours that nobody
/// chose, witness for little: exp(-(g / s)^2) of their area and at least 0.005 of it, g being the
/// greatest difference from a neighbour and s four deviations of the noise that is left, within
/// 0.012..0.035.
[[nodiscard]] Field field_of(const image::Image& picture);

}  // namespace atelier::palette
