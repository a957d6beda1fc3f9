// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "atelier/palette/palette.hpp"

namespace atelier::palette {

enum class Format { gpl, ase, css, json };

inline constexpr std::uintmax_t max_file_bytes = 1 << 20;  ///< of a palette file that is read

/// By suffix: .gpl, .ase, .css or .json; whether it is one of them.
[[nodiscard]] bool is_palette_file(const std::filesystem::path& path);

/// Throws Error invalid_argument for another suffix.
[[nodiscard]] Format format_of(const std::filesystem::path& path);

/// The palette as a file of this format. Colours are rounded to 8 bits but in JSON and ASE. Shares
/// and places stand in JSON alone (in CSS, shares as comments).
///
/// gpl: GIMP 2 palette. ase: Adobe Swatch Exchange 1.0, RGB, global. css: custom properties of
/// :root, named --NAME, a second of one name --NAME-2. json: {"title", "colours": [{"name", "hex",
/// "rgb", "oklch", "share", "place"}]}.
[[nodiscard]] std::string encode(const Palette& palette, Format format);

/// Reads such bytes, of ours or of others: gpl with or without a name and columns; ase with RGB,
/// CMYK (without a profile: light times 1 - ink), LAB (D50) and grey swatches, groups flattened;
/// css: every custom property that is a #hex colour; json: ours. `name` is for messages.
///
/// Throws Error bad_input, in one sentence with the place, when it is damaged, holds no colour, or
/// more than max_colours.
[[nodiscard]] Palette decode(std::string_view bytes, Format format, const std::string& name);

/// decode() of a file, whose name is the title where it has none. Throws Error bad_input when it
/// cannot be read or has more than max_file_bytes.
[[nodiscard]] Palette read_palette(const std::filesystem::path& path);

}  // namespace atelier::palette
