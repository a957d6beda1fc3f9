// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "atelier/palette/palette.hpp"

namespace atelier::palette {

/// Eyes that lack one kind of cones (long, middle or short waves), or that see no colour at all.
enum class Vision { protanopia, deuteranopia, tritanopia, achromatopsia };

inline constexpr std::array<Vision, 4> visions{Vision::protanopia, Vision::deuteranopia,
                                               Vision::tritanopia, Vision::achromatopsia};
[[nodiscard]] std::string_view vision_name(Vision vision);

/// A colour as such eyes see it, shown to those who see all.
///
/// Source: Brettel, Vienot, Mollon, "Computerized simulation of color appearance for dichromats",
/// JOSA A 14, 1997: light is brought onto one of two half-planes between grey and the two hues that
/// both kinds of eyes see alike. The matrices on linear sRGB are those that libDaltonLens (public
/// domain) worked out from the cones of Smith and Pokorny. Differs: what lies outside sRGB is
/// clipped. Achromatopsia: grey of the same luminance.
[[nodiscard]] image::Rgb seen_by(Vision vision, const image::Rgb& rgb);

/// The same for pixels, R, G and B in turn.
void see_by(Vision vision, std::span<float> rgb);

/// Two colours that are told apart by most, and not by such eyes.
struct Confusion {
  Vision vision{};
  std::size_t first = 0, second = 0;  ///< places in the palette
  double difference = 0;              ///< CIEDE2000 as such eyes see them
};
/// Pairs at least 15 apart by CIEDE2000 that are less than 7 apart for eyes of one of the three
/// kinds with two cones.
[[nodiscard]] std::vector<Confusion> confusions(const Palette& palette);

}  // namespace atelier::palette
