// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "atelier/image/image.hpp"
#include "atelier/palette/harmony.hpp"

namespace atelier::palette {

/// The wheel of Oklab's hues, red at the right, yellow above: a ring of hues at lightness 0.75, the
/// scheme's hues as lines, and a disc for each colour, at its hue, farther out for more chroma (the
/// ring is at 1.1 times the greatest, at least 0.1), larger for a larger share. `edge`: px, at
/// least 64.
[[nodiscard]] image::Image hue_wheel(const Palette& palette, const std::optional<Harmony>& harmony,
                                     int edge);

}  // namespace atelier::palette
