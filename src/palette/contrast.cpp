// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/contrast.hpp"

#include <algorithm>

namespace atelier::palette {

double luminance(const image::Rgb& rgb) {
  return 0.2126 * image::linear_from_srgb(rgb[0]) + 0.7152 * image::linear_from_srgb(rgb[1]) +
         0.0722 * image::linear_from_srgb(rgb[2]);
}

double contrast(const image::Rgb& x, const image::Rgb& y) {
  const double one = luminance(x), other = luminance(y);
  return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

std::string_view wcag_level(double contrast) {
  if (contrast >= 7) return "AAA";
  if (contrast >= 4.5) return "AA";
  return contrast >= 3 ? "AA large" : "none";
}

std::vector<ContrastPair> contrasts(const Palette& palette) {
  std::vector<ContrastPair> pairs;
  for (std::size_t i = 0; i < palette.colours.size(); ++i) {
    for (std::size_t j = i + 1; j < palette.colours.size(); ++j)
      pairs.push_back({i, j, contrast(palette.colours[i].rgb, palette.colours[j].rgb)});
  }
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const ContrastPair& a, const ContrastPair& b) { return a.ratio > b.ratio; });
  return pairs;
}

}  // namespace atelier::palette
