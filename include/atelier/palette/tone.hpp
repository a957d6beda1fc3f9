// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/image/image.hpp"

namespace atelier::palette {

/// How light and how warm a picture is. Shares of its area, each pixel counting by its coverage.
struct Tone {
  double darks = 0, mids = 0, lights = 0;        ///< CIE L* below 35, between, above 65
  double darkest = 0, median = 0, lightest = 0;  ///< L* of the 5th, 50th and 95th hundredth
  std::string key;    ///< "low" (median under 40), "middle" or "high" (over 60)
  std::string range;  ///< "short" (5th to 95th under 40), "middle" or "full" (over 70)
  double warm = 0, cool = 0, neutral = 0;  ///< by hue
};

/// Warm is a hue of Oklab within 75 degrees of orange (55), cool within 75 of its opposite (235);
/// what lies between (greens, purples) and what has a chroma under 0.02 is neutral. All zero, with
/// empty words, where nothing is covered.
[[nodiscard]] Tone tone_of(const image::Image& picture);

/// The picture in five greys, as a painter squints at it: L* rounded to 10, 30, 50, 70 or 90 after
/// noise is smoothed away; alpha as it was. At most extract.hpp's working_edge px.
[[nodiscard]] image::Image value_study(const image::Image& picture);

}  // namespace atelier::palette
