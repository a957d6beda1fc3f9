// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/palette_file.hpp"

#include <gmock/gmock.h>

#include "atelier/base/random.hpp"
#include "base/error_matcher.hpp"

namespace atelier::palette {
namespace {

using namespace std::string_literals;
using testing::HasSubstr;

constexpr std::array formats{Format::gpl, Format::ase, Format::css, Format::json};

Palette sample() {
  return {"Evening, after Morisot",
          {{{1, 1, 1}, "white", 0.5, Place{0.25, 0.5, 0.1}},
           {{0x12 / 255.0, 0x34 / 255.0, 0x56 / 255.0}, "deep blue", 0.375, Place{0.75, 0.5, 0.2}},
           {{0, 0, 0}, "deep blue", 0.125, Place{0.5, 0.25, 0}}}};
}

TEST(PaletteFile, EveryFormatIsReadAsItWasWritten) {
  for (const Format format : formats) {
    const Palette read = decode(encode(sample(), format), format, "sample");
    ASSERT_EQ(read.colours.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
      for (int c = 0; c < 3; ++c)
        EXPECT_NEAR(read.colours[i].rgb[c], sample().colours[i].rgb[c], 1e-6);
    }
    EXPECT_EQ(read.colours[1].name, "deep blue");
  }
  const Palette json = decode(encode(sample(), Format::json), Format::json, "sample");
  EXPECT_EQ(json.title, sample().title);
  EXPECT_EQ(json.colours[2].share, 0.125);
  EXPECT_EQ(json.colours[1].place->spread, 0.2);
}

TEST(PaletteFile, NamesOfAnyScript) {
  const Palette palette{"\xe9\x9d\x92", {{{0, 0, 1}, "\xe9\x9d\x92 \xf0\x9f\x8e\xa8", {}, {}}}};
  for (const Format format : {Format::gpl, Format::ase, Format::json}) {
    EXPECT_EQ(decode(encode(palette, format), format, "").colours[0].name, palette.colours[0].name);
  }
}

TEST(PaletteFile, PlainFilesFromElsewhere) {
  const Palette gpl =
      decode("GIMP Palette\r\n#\r\n255 0 0\tRed\r\n  0 128  0\r\n", Format::gpl, "");
  ASSERT_EQ(gpl.colours.size(), 2U);
  EXPECT_EQ(gpl.colours[0].name, "Red");
  EXPECT_EQ(gpl.colours[1].name, "green");  // it had none
  const Palette css =
      decode("/* --no: #fff; */ :root{--accent:#F80;--size: 3px;\n --dark-blue :\n #00008B ;}",
             Format::css, "");
  ASSERT_EQ(css.colours.size(), 2U);
  EXPECT_EQ(hex(css.colours[0].rgb), "#ff8800");
  EXPECT_EQ(css.colours[1].name, "dark blue");
}

std::string ase(const std::string& blocks, char count) {
  return "ASEF\0\1\0\0\0\0\0"s + count + blocks;
}
std::string swatch(const std::string& values) {
  const auto size = static_cast<char>(4 + values.size() + 2);
  return "\0\1\0\0\0"s + size + "\0\1\0\0"s + values + "\0\0"s;
}

TEST(PaletteFile, EveryColourModelOfAse) {
  const std::string one = "\x3f\x80\0\0"s, none = "\0\0\0\0"s, half = "\x3f\0\0\0"s;
  const std::string groups = "\xc0\1\0\0\0\6\0\2\0G\0\0"s;
  const Palette palette =
      decode(ase(groups + swatch("CMYK" + none + one + one + none) + swatch("Gray" + half) +
                     swatch("LAB " + one + none + none) + "\xc0\2\0\0\0\0"s,
                 5),
             Format::ase, "");
  ASSERT_EQ(palette.colours.size(), 3U);
  EXPECT_EQ(palette.title, "G");
  EXPECT_EQ(hex(palette.colours[0].rgb), "#ff0000");
  EXPECT_EQ(hex(palette.colours[1].rgb), "#808080");
  EXPECT_EQ(hex(palette.colours[2].rgb), "#ffffff");
}

TEST(PaletteFile, HostileFilesAreRefusedInASentence) {
  const auto refused = [](const std::string& bytes, Format format, const std::string& why) {
    EXPECT_ERROR(decode(bytes, format, "file"), bad_input, HasSubstr(why));
  };
  refused("", Format::gpl, "GIMP Palette");
  refused("GIMP Palette\n1 2\n", Format::gpl, "line 2");
  refused("GIMP Palette\n1 2 256 x\n", Format::gpl, "line 2");
  refused("GIMP Palette\n", Format::gpl, "no colour");
  refused("ASEF", Format::ase, "no Adobe Swatch Exchange");
  refused(ase("", 1), Format::ase, "ends in the middle");
  refused(ase("\0\1\x7f\xff\xff\xff"s, 1), Format::ase, "ends in the middle");
  refused(ase("\0\7\0\0\0\0"s, 1), Format::ase, "no known kind");
  refused(ase(swatch("Gray\x7f\xc0\0\0"s), 1), Format::ase, "not a number");
  refused(ase(swatch("HSB \0\0\0\0"s), 1), Format::ase, "none of RGB");
  refused("a { --x: red }", Format::css, "no colour");
  refused("/* ", Format::css, "does not end");
  refused("[", Format::json, "no JSON");
  refused(std::string(5000, '['), Format::json, "too deeply");
  refused("{}", Format::json, "colours");
  refused(R"({"colours": [{"rgb": [0, 0, 2]}]})", Format::json, "0..1");
  refused(R"({"colours": [{"rgb": "x"}]})", Format::json, "three numbers");
  refused(R"({"colours": [{"rgb": [0, 0, 0], "place": {"x": 1}}]})", Format::json, "place");
  std::string many = "GIMP Palette\n";
  for (int i = 0; i < 1025; ++i) many += "1 2 3\n";
  refused(many, Format::gpl, "1024");
}

TEST(PaletteFile, CutAndChangedBytesNeverDoHarm) {
  RandomStream random(1, "damage");
  for (const Format format : formats) {
    const std::string whole = encode(sample(), format);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      try {
        (void)decode(whole.substr(0, length), format, "cut");
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      }
    }
    for (int round = 0; round < 500; ++round) {
      std::string bytes = whole;
      for (int k = 0; k < 3; ++k)
        bytes[random.next() % bytes.size()] = static_cast<char>(random.next());
      try {
        for (const Colour& colour : decode(bytes, format, "changed").colours) {
          for (const double value : colour.rgb) EXPECT_TRUE(value >= 0 && value <= 1);
        }
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      }
    }
  }
}

TEST(PaletteFile, SuffixesSayTheFormat) {
  EXPECT_TRUE(is_palette_file("a.GPL"));
  EXPECT_FALSE(is_palette_file("a.png"));
  EXPECT_ERROR(format_of("a.txt"), invalid_argument, HasSubstr(".gpl"));
  EXPECT_ERROR(read_palette("/nowhere/a.gpl"), bad_input, HasSubstr("/nowhere/a.gpl"));
}

}  // namespace
}  // namespace atelier::palette
