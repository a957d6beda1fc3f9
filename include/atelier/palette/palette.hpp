// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "atelier/image/oklab.hpp"

namespace atelier::palette {

inline constexpr std::size_t max_colours = 1024;  ///< of a palette that is read or written

/// Where a colour lies in its picture. 0..1 from the left and the top edge.
struct Place {
  double x = 0, y = 0;  ///< centroid of its pixels
  double spread = 0;  ///< root mean square distance from there, in diagonals of the picture: 0 for
                      ///< one spot, about 0.41 for the whole of a square
};

struct Colour {
  image::Rgb rgb{};             ///< sRGB, 0..1
  std::string name;             ///< for people
  std::optional<double> share;  ///< of the picture's area, 0..1, where it is known
  std::optional<Place> place;   ///< where it is known
};

/// Colours of a work, or of a file of colours; those of a work by share, largest first.
struct Palette {
  std::string title;
  std::vector<Colour> colours;
};

/// Chroma and hue (degrees, 0..360) of Oklab, as OkLCh has them.
[[nodiscard]] double chroma(const image::Oklab& colour);
[[nodiscard]] double hue(const image::Oklab& colour);
[[nodiscard]] image::Oklab from_lch(double lightness, double chroma, double hue);

/// "#rrggbb", each channel rounded to 8 bits.
[[nodiscard]] std::string hex(const image::Rgb& rgb);

/// The shares, made to sum to 1; equal where any colour of the palette has none.
[[nodiscard]] std::vector<double> weights(const Palette& palette);

}  // namespace atelier::palette
