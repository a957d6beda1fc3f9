// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "atelier/palette/palette.hpp"

namespace atelier::palette {

// One file each: what encode() and decode() do for a format. Readers throw Error bad_input whose
// message says what is wrong without the file's name.

[[nodiscard]] std::string write_gpl(const Palette& palette);
[[nodiscard]] Palette read_gpl(std::string_view text);
[[nodiscard]] std::string write_ase(const Palette& palette);
[[nodiscard]] Palette read_ase(std::string_view bytes);
[[nodiscard]] std::string write_css(const Palette& palette);
[[nodiscard]] Palette read_css(std::string_view text);
[[nodiscard]] std::string write_json(const Palette& palette);
[[nodiscard]] Palette read_json(std::string_view text);

/// Throws Error bad_input when the palette has max_colours already.
void add_colour(Palette& palette, Colour colour);

/// Without control characters and with valid UTF-8 only: other bytes become '?'; 100 bytes at most.
[[nodiscard]] std::string clean_name(std::string_view text);

}  // namespace atelier::palette
