// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "palette/formats.hpp"

namespace atelier::palette {
namespace {

constexpr std::string_view signature = "ASEF";
constexpr std::uint16_t group_start = 0xc001, group_end = 0xc002, colour_entry = 0x0001;
constexpr std::uint16_t global = 0;

class BigEndian {
 public:
  explicit BigEndian(std::string_view bytes) : bytes_(bytes) {}

  [[nodiscard]] std::size_t left() const { return bytes_.size(); }

  std::string_view take(std::size_t count) {
    if (count > bytes_.size()) fail(ErrorKind::bad_input, "it ends in the middle.");
    const std::string_view result = bytes_.substr(0, count);
    bytes_.remove_prefix(count);
    return result;
  }
  std::uint32_t number(std::size_t bytes) {
    std::uint32_t value = 0;
    for (const char c : take(bytes)) value = value << 8 | static_cast<unsigned char>(c);
    return value;
  }
  std::uint16_t word() { return static_cast<std::uint16_t>(number(2)); }
  double real() { return static_cast<double>(std::bit_cast<float>(number(4))); }

 private:
  std::string_view bytes_;
};

void put(std::string& to, std::uint32_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) to += static_cast<char>(value >> (8 * i) & 255);
}

/// UTF-16 with its length in units, the last of which is 0.
std::string read_name(BigEndian& from) {
  const std::size_t units = from.word();
  std::string text;
  std::uint32_t high = 0;
  for (std::size_t i = 0; i < units; ++i) {
    const std::uint32_t unit = from.word();
    if (unit >= 0xd800 && unit < 0xdc00) {
      high = unit;
    } else if (unit >= 0xdc00 && unit < 0xe000) {
      append_utf8(high ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : U'?', text);
      high = 0;
    } else if (unit != 0) {
      append_utf8(unit, text);
    }
  }
  return clean_name(text);
}

void put_name(std::string& to, const std::string& name) {
  std::string units;
  for (std::size_t i = 0; i < name.size();) {
    const auto first = static_cast<unsigned char>(name[i]);
    const std::size_t more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
    std::uint32_t code = more == 0 ? first : first & (0x3fU >> more);
    for (std::size_t k = 1; k <= more; ++k)
      code = code << 6 | (static_cast<unsigned char>(name[i + k]) & 0x3fU);
    if (code >= 0x10000) {
      put(units, 0xd800 + ((code - 0x10000) >> 10), 2);
      code = 0xdc00 + ((code - 0x10000) & 0x3ff);
    }
    put(units, code, 2);
    i += more + 1;
  }
  put(units, 0, 2);
  put(to, static_cast<std::uint32_t>(units.size() / 2), 2);
  to += units;
}

/// CIE L*a*b* under D50 to sRGB, by Bradford's adaptation (its matrix with sRGB's in one).
image::Rgb rgb_from_lab(double lightness, double a, double b) {
  const auto cube = [](double value) {
    constexpr double knee = 6.0 / 29;
    return value > knee ? value * value * value : 3 * knee * knee * (value - 4.0 / 29);
  };
  const double level = (lightness + 16) / 116;
  const double x = 0.96422 * cube(level + a / 500), y = cube(level),
               z = 0.82521 * cube(level - b / 200);
  return {image::srgb_from_linear(3.1338561 * x - 1.6168667 * y - 0.4906146 * z),
          image::srgb_from_linear(-0.9787684 * x + 1.9161415 * y + 0.0334540 * z),
          image::srgb_from_linear(0.0719453 * x - 0.2289914 * y + 1.4052427 * z)};
}

image::Rgb read_values(BigEndian& from) {
  const std::string_view model = from.take(4);
  image::Rgb rgb{};
  if (model == "RGB ") {
    for (double& channel : rgb) channel = from.real();
  } else if (model == "CMYK") {
    for (double& channel : rgb) channel = 1 - from.real();
    const double light = 1 - from.real();
    for (double& channel : rgb) channel *= light;
  } else if (model == "LAB ") {
    const double lightness = from.real(), a = from.real(), b = from.real();
    rgb = rgb_from_lab(100 * lightness, a, b);
  } else if (model == "Gray") {
    rgb.fill(from.real());
  } else {
    fail(ErrorKind::bad_input, "a swatch in it is none of RGB, CMYK, LAB and Gray.");
  }
  for (double& channel : rgb) {
    if (!std::isfinite(channel)) fail(ErrorKind::bad_input, "a value in it is not a number.");
    channel = std::clamp(channel, 0.0, 1.0);
  }
  return rgb;
}

}  // namespace

std::string write_ase(const Palette& palette) {
  std::string bytes(signature);
  put(bytes, 0x00010000, 4);
  put(bytes, static_cast<std::uint32_t>(palette.colours.size()), 4);
  for (const Colour& colour : palette.colours) {
    std::string block;
    put_name(block, clean_name(colour.name));
    block += "RGB ";
    for (const double channel : colour.rgb)
      put(block, std::bit_cast<std::uint32_t>(static_cast<float>(channel)), 4);
    put(block, global, 2);
    put(bytes, colour_entry, 2);
    put(bytes, static_cast<std::uint32_t>(block.size()), 4);
    bytes += block;
  }
  return bytes;
}

Palette read_ase(std::string_view bytes) {
  BigEndian file(bytes);
  if (file.left() < 12 || file.take(4) != signature)
    fail(ErrorKind::bad_input, "it is no Adobe Swatch Exchange file.");
  if (file.word() != 1) fail(ErrorKind::bad_input, "its version is not 1.");
  (void)file.word();
  Palette palette;
  const std::uint32_t blocks = file.number(4);
  for (std::uint32_t i = 0; i < blocks; ++i) {
    const std::uint16_t kind = file.word();
    BigEndian block(file.take(file.number(4)));
    if (kind == group_start) {
      const std::string name = read_name(block);
      if (palette.title.empty()) palette.title = name;
    } else if (kind == colour_entry) {
      std::string name = read_name(block);
      add_colour(palette, {read_values(block), std::move(name), {}, {}});
    } else if (kind != group_end) {
      fail(ErrorKind::bad_input, "block {} in it is of no known kind.", i + 1);
    }
  }
  return palette;
}

}  // namespace atelier::palette
