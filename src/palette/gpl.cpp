// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "atelier/base/error.hpp"
#include "palette/formats.hpp"
#include "palette/lines.hpp"

namespace atelier::palette {
namespace {

constexpr std::string_view signature = "GIMP Palette";

/// Takes a number of 0..255 off the line's front.
int take_channel(std::string_view& line, int number) {
  line = trimmed(line);
  int value = -1;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc{} || value < 0 || value > 255) {
    fail(ErrorKind::bad_input, "line {} needs three numbers of 0..255 and a name.", number);
  }
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  return value;
}

}  // namespace

std::string write_gpl(const Palette& palette) {
  std::string text =
      fmt::format("{}\nName: {}\nColumns: 0\n#\n", signature, clean_name(palette.title));
  for (const Colour& colour : palette.colours) {
    for (const double channel : colour.rgb)
      text += fmt::format("{:3} ", std::lround(std::clamp(channel, 0.0, 1.0) * 255));
    text.back() = '\t';
    text += clean_name(colour.name) + "\n";
  }
  return text;
}

Palette read_gpl(std::string_view text) {
  if (trimmed(take_until(text, '\n')) != signature)
    fail(ErrorKind::bad_input, "its first line is not '{}'.", signature);
  Palette palette;
  for (int number = 2; !text.empty(); ++number) {
    std::string_view line = trimmed(take_until(text, '\n'));
    if (line.empty() || line.starts_with('#') || line.starts_with("Columns:")) continue;
    if (line.starts_with("Name:")) {
      palette.title = clean_name(line.substr(5));
      continue;
    }
    Colour colour;
    for (double& channel : colour.rgb) channel = take_channel(line, number) / 255.0;
    colour.name = clean_name(line);
    add_colour(palette, std::move(colour));
  }
  return palette;
}

}  // namespace atelier::palette
