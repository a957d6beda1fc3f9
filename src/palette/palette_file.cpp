// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/palette_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/palette/names.hpp"
#include "palette/formats.hpp"

namespace atelier::palette {
namespace {

constexpr std::size_t longest_name = 100;

std::optional<Format> known_format(const std::filesystem::path& path) {
  std::string suffix = path.extension().string();
  for (char& c : suffix) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 'a' - 'A') : c;
  constexpr std::array<std::pair<std::string_view, Format>, 4> known{{{".gpl", Format::gpl},
                                                                      {".ase", Format::ase},
                                                                      {".css", Format::css},
                                                                      {".json", Format::json}}};
  for (const auto& [name, format] : known) {
    if (suffix == name) return format;
  }
  return std::nullopt;
}

/// Bytes of the UTF-8 character that begins here, 0 when there is none.
std::size_t character_bytes(std::string_view text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first < 0x80) return 1;
  const std::size_t bytes = first >= 0xc2 && first < 0xe0   ? 2
                            : first >= 0xe0 && first < 0xf0 ? 3
                            : first >= 0xf0 && first < 0xf5 ? 4
                                                            : 0;
  if (bytes == 0 || text.size() < bytes) return 0;
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
  const bool no_character = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
  return overlong || no_character ? 0 : bytes;
}

}  // namespace

void add_colour(Palette& palette, Colour colour) {
  if (palette.colours.size() >= max_colours) {
    fail(ErrorKind::bad_input, "it has more than {} colours; keep those that are needed.",
         max_colours);
  }
  palette.colours.push_back(std::move(colour));
}

std::string clean_name(std::string_view text) {
  std::string result;
  while (!text.empty() && result.size() + 4 <= longest_name) {
    const std::size_t bytes = character_bytes(text);
    const bool control = static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7f;
    if (bytes > 0 && !control) {
      result += text.substr(0, bytes);
    } else {
      result += control ? ' ' : '?';
    }
    text.remove_prefix(std::max<std::size_t>(bytes, 1));
  }
  const std::size_t first = result.find_first_not_of(' ');
  if (first == result.npos) return "";
  return result.substr(first, result.find_last_not_of(' ') + 1 - first);
}

bool is_palette_file(const std::filesystem::path& path) {
  return known_format(path).has_value();
}

Format format_of(const std::filesystem::path& path) {
  if (const auto format = known_format(path)) return *format;
  fail(ErrorKind::invalid_argument,
       "{} names no palette file; end it with .gpl, .ase, .css or .json.", path.string());
}

std::string encode(const Palette& palette, Format format) {
  switch (format) {
    case Format::gpl:
      return write_gpl(palette);
    case Format::ase:
      return write_ase(palette);
    case Format::css:
      return write_css(palette);
    case Format::json:
      break;
  }
  return write_json(palette);
}

Palette decode(std::string_view bytes, Format format, const std::string& name) {
  Palette palette;
  try {
    palette = format == Format::gpl   ? read_gpl(bytes)
              : format == Format::ase ? read_ase(bytes)
              : format == Format::css ? read_css(bytes)
                                      : read_json(bytes);
    if (palette.colours.empty()) fail(ErrorKind::bad_input, "it holds no colour.");
  } catch (const Error& error) {
    fail(ErrorKind::bad_input, "{} cannot be read as a palette: {}", name, error.what());
  }
  give_names(palette);
  return palette;
}

Palette read_palette(const std::filesystem::path& path) {
  const Format format = format_of(path);
  Palette palette = decode(read_file(path, max_file_bytes), format, path.string());
  if (palette.title.empty()) palette.title = path.stem().string();
  return palette;
}

}  // namespace atelier::palette
