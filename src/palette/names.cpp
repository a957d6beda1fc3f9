// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/names.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::palette {
namespace {

constexpr double hue_counts = 2;

}  // namespace

std::string name_of(const image::Rgb& rgb) {
  const image::Oklab colour = image::oklab_from_srgb(rgb);
  const auto away = [&](const NamedColour& named) {
    const image::Oklab there = image::oklab_from_srgb(named.rgb);
    return std::hypot(there.L - colour.L, hue_counts * (there.a - colour.a),
                      hue_counts * (there.b - colour.b));
  };
  const std::vector<NamedColour>& names = colour_names();
  const auto nearest = std::min_element(
      names.begin(), names.end(),
      [&](const NamedColour& a, const NamedColour& b) { return away(a) < away(b); });
  return std::string(nearest->name);
}

void give_names(Palette& palette) {
  for (Colour& colour : palette.colours) {
    if (colour.name.empty()) colour.name = name_of(colour.rgb);
  }
}

}  // namespace atelier::palette
