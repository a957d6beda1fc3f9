// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "atelier/image/image.hpp"
#include "atelier/palette/harmony.hpp"
#include "atelier/palette/palette.hpp"
#include "atelier/palette/tone.hpp"

namespace atelier::palette {

/// What stands on a sheet beside the colours.
struct SwatchNotes {
  std::optional<image::Image> picture;  ///< the work itself
  std::optional<Harmony> harmony;
  std::optional<Tone> tone;
};

/// A sheet to lay beside the easel, 1240 px wide, on white: the work, the wheel of hues with its
/// colours (further out: more chroma; larger: more of it) and its scheme, a bar of the shares, and
/// a field for every colour with its name, hexadecimal value, lightness, chroma, hue and share.
///
/// Throws Error invalid_argument when the palette has more than 256 colours; missing_capability
/// where the image library draws no text.
[[nodiscard]] image::Image swatch_sheet(const Palette& palette, const SwatchNotes& notes = {});

}  // namespace atelier::palette
