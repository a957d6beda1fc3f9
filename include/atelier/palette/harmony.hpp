// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atelier/palette/palette.hpp"

namespace atelier::palette {

/// Hues that go together, as angles on the wheel of Oklab's hue: there equal angles look about
/// equally far apart, and opposites are yellow and blue, red and blue-green. (The painters' wheel
/// of red, yellow and blue has others.)
struct Scheme {
  std::string_view name;       ///< "split-complementary"
  std::vector<double> angles;  ///< degrees from the first hue, which is 0
};

/// Monochrome, analogous, complementary, split-complementary, triad, tetrad (a rectangle) and
/// square.
[[nodiscard]] const std::vector<Scheme>& schemes();

/// The scheme that a palette follows.
struct Harmony {
  std::string scheme;    ///< of schemes(), "achromatic", or "none" where nothing fits by half
  double fit = 0;        ///< 0 (as chance would) .. 1 (every hue in its place)
  double first_hue = 0;  ///< degrees, where the scheme's first angle lies
  double deviation = 0;  ///< degrees, mean distance of the hues from the scheme's
};

/// Colours count by the root of their share times chroma: an accent has a say, and what is nearly
/// grey has none. "achromatic": their mean chroma, by share, is under 0.015.
///
/// For each scheme and each turn of it, hits are the colours within 20 degrees of one of its hues,
/// and the fit is (hits - chance) / (1 - chance), with chance the part of the circle that these
/// sectors cover: a scheme with more hues must hit more. Each of its hues needs 4 % of the weight.
/// The best fit counts; the mean distance decides between equals. Templates on a hue wheel are
/// those of Matsuda as in Cohen-Or et al., "Color harmonization", SIGGRAPH 2006; the measure of fit
/// is ours.
[[nodiscard]] Harmony harmony_of(const Palette& palette);

/// A scheme built on a colour: lightness and chroma of `base`, hues of the scheme; chroma is
/// lowered where sRGB has not so much (image::in_gamut). Monochrome: five steps of lightness from
/// 0.25 to 0.92. Throws Error invalid_argument when there is no such scheme.
[[nodiscard]] Palette proposed(std::string_view scheme, const image::Rgb& base);

/// The colour with the largest share times chroma: what schemes are built on. The first when all
/// are grey.
[[nodiscard]] const Colour& main_colour(const Palette& palette);

}  // namespace atelier::palette
