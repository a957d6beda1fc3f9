// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "atelier/palette/palette.hpp"

namespace atelier::palette {

/// A colour that has a name.
struct NamedColour {
  std::string_view name;  ///< in words: "light steel blue"
  image::Rgb rgb{};
};

/// The named colours of CSS Color Module Level 4 (those of X11 and HTML), in words, without second
/// spellings.
[[nodiscard]] const std::vector<NamedColour>& colour_names();

/// The name of the nearest of colour_names() in Oklab, where a and b count twice: a dull blue is
/// called a blue before it is called a grey as light.
[[nodiscard]] std::string name_of(const image::Rgb& rgb);

/// Names every colour that has no name yet.
void give_names(Palette& palette);

}  // namespace atelier::palette
