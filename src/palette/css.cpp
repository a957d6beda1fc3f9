// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "atelier/base/error.hpp"
#include "palette/formats.hpp"
#include "palette/lines.hpp"

namespace atelier::palette {
namespace {

/// A name as an identifier: letters, digits and single hyphens.
std::string identifier(const std::string& name) {
  std::string result;
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (letter || lower != c) {
      result += lower;
    } else if (!result.empty() && result.back() != '-') {
      result += '-';
    }
  }
  while (!result.empty() && result.back() == '-') result.pop_back();
  return result.empty() ? "colour" : result;
}

/// The text with comments blanked out.
std::string without_comments(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t begin = text.find("/*");
    result += text.substr(0, begin);
    if (begin == text.npos) break;
    const std::size_t end = text.find("*/", begin + 2);
    if (end == text.npos) fail(ErrorKind::bad_input, "a comment in it does not end.");
    result += ' ';
    text.remove_prefix(end + 2);
  }
  return result;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Whether `text` is #rgb or #rrggbb; with what it says.
bool parse_hex(std::string_view text, image::Rgb& rgb) {
  if (!text.starts_with('#') || (text.size() != 4 && text.size() != 7)) return false;
  const std::size_t digits = text.size() / 3;
  for (std::size_t c = 0; c < 3; ++c) {
    const int high = digit(text[1 + c * digits]), low = digit(text[c * digits + digits]);
    if (high < 0 || low < 0) return false;
    rgb[c] = (16 * high + low) / 255.0;
  }
  return true;
}

}  // namespace

std::string write_css(const Palette& palette) {
  std::string text = ":root {\n";
  std::map<std::string, int> used;
  for (const Colour& colour : palette.colours) {
    std::string name = identifier(colour.name);
    const int times = ++used[name];
    if (times > 1) name += fmt::format("-{}", times);
    text += fmt::format("  --{}: {};", name, hex(colour.rgb));
    if (colour.share) text += fmt::format(" /* {:.1f} % */", 100 * *colour.share);
    text += '\n';
  }
  return text + "}\n";
}

Palette read_css(std::string_view text) {
  const std::string plain = without_comments(text);
  Palette palette;
  std::string_view rest = plain;
  for (std::size_t at = rest.find("--"); at != rest.npos; at = rest.find("--")) {
    rest.remove_prefix(at + 2);
    const std::size_t end = std::min(rest.find_first_of(";{}"), rest.size());
    std::string_view value = rest.substr(0, end);
    rest.remove_prefix(end);
    const bool declares = value.find(':') != value.npos;
    std::string name(take_until(value, ':'));
    std::replace(name.begin(), name.end(), '-', ' ');
    Colour colour;
    if (!declares) continue;
    std::string_view written = trimmed(value);
    while (!written.empty() && written.front() == '\n') written = trimmed(written.substr(1));
    while (!written.empty() && written.back() == '\n') {
      written.remove_suffix(1);
      written = trimmed(written);
    }
    if (!parse_hex(written, colour.rgb)) continue;
    colour.name = clean_name(name);
    add_colour(palette, std::move(colour));
  }
  return palette;
}

}  // namespace atelier::palette
