// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/image/image.hpp"
#include "atelier/image/mask.hpp"

namespace atelier::image {

/// An sRGB colour, each channel in 0..1.
using Colour = std::array<float, 3>;

/// "#rrggbb", "#rgb" or one of CSS's basic names (red, lime, blue, yellow, magenta, cyan, black,
/// white, orange, purple, green, grey ...). Throws Error invalid_argument for another text.
[[nodiscard]] Colour parse_colour(std::string_view text);

/// "#ff8000".
[[nodiscard]] std::string colour_text(const Colour& colour);

/// The masks that a painted map stands for: one a colour of `colours`; black, unless it is one of
/// them, is nobody's. Pixels near a colour are wholly its own; one between two, as along a smooth
/// edge, is shared as its place on the line between them says. Values of a pixel sum to 1, or to
/// less where black has a part.
///
/// Throws Error bad_input when more than a hundredth of the map has other colours, naming the most
/// frequent of them.
[[nodiscard]] std::vector<Mask> split_by_colours(const Image& map,
                                                 const std::vector<Colour>& colours);

}  // namespace atelier::image
