// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "atelier/palette/palette.hpp"

namespace atelier::palette {

/// Relative luminance of an sRGB colour, 0 black .. 1 white.
/// Source: WCAG 2.2, "relative luminance" (with sRGB's own threshold of 0.04045).
[[nodiscard]] double luminance(const image::Rgb& rgb);

/// (L + 0.05) / (L' + 0.05), the lighter above: 1..21. Source: WCAG 2.2, "contrast ratio".
[[nodiscard]] double contrast(const image::Rgb& x, const image::Rgb& y);

/// What text of this contrast is good for by WCAG 2.2 (1.4.3, 1.4.6): "AAA" from 7, "AA" from 4.5,
/// "AA large" from 3, else "none".
[[nodiscard]] std::string_view wcag_level(double contrast);

/// Two colours of a palette, by their places in it, first < second.
struct ContrastPair {
  std::size_t first = 0, second = 0;
  double ratio = 1;
};
/// Every pair, the greatest contrast first.
[[nodiscard]] std::vector<ContrastPair> contrasts(const Palette& palette);

}  // namespace atelier::palette
