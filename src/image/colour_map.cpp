// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/colour_map.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "atelier/base/error.hpp"

namespace atelier::image {
namespace {

constexpr std::array<std::pair<std::string_view, int>, 20> names{{
    {"red", 0xff0000},     {"lime", 0x00ff00},   {"blue", 0x0000ff},  {"yellow", 0xffff00},
    {"magenta", 0xff00ff}, {"cyan", 0x00ffff},   {"black", 0x000000}, {"white", 0xffffff},
    {"orange", 0xffa500},  {"purple", 0x800080}, {"green", 0x008000}, {"navy", 0x000080},
    {"maroon", 0x800000},  {"olive", 0x808000},  {"teal", 0x008080},  {"grey", 0x808080},
    {"gray", 0x808080},    {"silver", 0xc0c0c0}, {"pink", 0xffc0cb},  {"brown", 0xa52a2a},
}};

constexpr float own = 0.06F;      // distance within which a pixel is wholly a colour's own
constexpr float strange = 0.15F;  // distance from which it is nobody's
constexpr double strange_share = 0.01;

float distance(const Colour& a, const Colour& b) {
  float sum = 0;
  for (std::size_t c = 0; c < 3; ++c) sum += (a[c] - b[c]) * (a[c] - b[c]);
  return std::sqrt(sum);
}

/// Where on the line from a to b the point nearest to `colour` lies, 0..1, and how far it is.
std::pair<float, float> on_line(const Colour& colour, const Colour& a, const Colour& b) {
  float along = 0, length = 0;
  for (std::size_t c = 0; c < 3; ++c) {
    along += (colour[c] - a[c]) * (b[c] - a[c]);
    length += (b[c] - a[c]) * (b[c] - a[c]);
  }
  const float way = std::clamp(along / length, 0.0F, 1.0F);
  Colour point{};
  for (std::size_t c = 0; c < 3; ++c) point[c] = a[c] + way * (b[c] - a[c]);
  return {way, distance(colour, point)};
}

/// How a colour is shared among those of a map.
struct Parts {
  std::size_t first = 0, second = 0;
  float of_second = 0, distance = 0;
};

Parts parts_of(const Colour& colour, const std::vector<Colour>& colours) {
  Parts best{0, 0, 0, distance(colour, colours[0])};
  for (std::size_t i = 1; i < colours.size(); ++i) {
    const float away = distance(colour, colours[i]);
    if (away < best.distance) best = {i, i, 0, away};
  }
  if (best.distance <= own) return best;
  for (std::size_t i = 0; i < colours.size(); ++i) {
    for (std::size_t j = i + 1; j < colours.size(); ++j) {
      const auto [way, away] = on_line(colour, colours[i], colours[j]);
      if (away < best.distance) best = {i, j, way, away};
    }
  }
  return best;
}

}  // namespace

Colour parse_colour(std::string_view text) {
  int value = -1;
  for (const auto& [name, number] : names) {
    if (name == text) value = number;
  }
  const std::string_view digits = text.substr(std::min<std::size_t>(1, text.size()));
  const bool hex = text.starts_with('#') && (digits.size() == 3 || digits.size() == 6) &&
                   std::all_of(digits.begin(), digits.end(),
                               [](unsigned char c) { return std::isxdigit(c) != 0; });
  if (hex) {
    std::string six;
    for (const char c : digits) six.append(digits.size() == 3 ? 2 : 1, c);
    value = std::stoi(six, nullptr, 16);
  }
  if (value < 0) {
    std::vector<std::string_view> known;
    for (const auto& [name, number] : names) known.push_back(name);
    fail(ErrorKind::invalid_argument, "'{}' is no colour; write #rrggbb or one of {}.", text,
         fmt::join(known, ", "));
  }
  Colour colour{};
  for (std::size_t c = 0; c < 3; ++c) {
    colour[c] = static_cast<float>(value >> (16 - 8 * static_cast<int>(c)) & 255) / 255;
  }
  return colour;
}

std::string colour_text(const Colour& colour) {
  std::string text = "#";
  for (const float channel : colour) {
    text +=
        fmt::format("{:02x}", static_cast<int>(std::lround(std::clamp(channel, 0.0F, 1.0F) * 255)));
  }
  return text;
}

std::vector<Mask> split_by_colours(const Image& map, const std::vector<Colour>& colours) {
  const Colour black{0, 0, 0};
  std::vector<Colour> all = colours;
  if (std::find(all.begin(), all.end(), black) == all.end()) all.push_back(black);
  std::vector<Mask> masks(colours.size(),
                          Mask{map.width, map.height, std::vector<float>(map.pixels())});
  std::map<std::string, std::size_t> strangers;
  std::size_t strange_pixels = 0;
  Colour last{-1, -1, -1};
  Parts parts;
  for (std::size_t i = 0; i < map.pixels(); ++i) {
    const Colour colour{map.rgb[3 * i], map.rgb[3 * i + 1], map.rgb[3 * i + 2]};
    if (colour != last) parts = parts_of(colour, all);  // maps are flat
    last = colour;
    if (parts.distance > strange) {
      ++strange_pixels;
      ++strangers[colour_text(colour)];
    }
    if (parts.first < masks.size()) masks[parts.first].values[i] = 1 - parts.of_second;
    if (parts.second < masks.size() && parts.second != parts.first) {
      masks[parts.second].values[i] = parts.of_second;
    }
  }
  if (static_cast<double>(strange_pixels) > strange_share * static_cast<double>(map.pixels())) {
    std::vector<std::string> known;
    for (const Colour& colour : colours) known.push_back(colour_text(colour));
    const auto most =
        std::max_element(strangers.begin(), strangers.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; });
    fail(ErrorKind::bad_input,
         "{:.1f} % of the map is in colours that are no style's, most of it in {}; the styles' are "
         "{}, and black is nobody's.",
         100.0 * static_cast<double>(strange_pixels) / static_cast<double>(map.pixels()),
         most->first, fmt::join(known, ", "));
  }
  return masks;
}

}  // namespace atelier::image
