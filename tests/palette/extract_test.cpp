// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/extract.hpp"

#include <gmock/gmock.h>

#include "atelier/base/temporary_folder.hpp"
#include "atelier/image/file.hpp"
#include "base/error_matcher.hpp"
#include "palette/made_palette.hpp"
#include "palette/pictures.hpp"

namespace atelier::palette {
namespace {

using testing::DoubleNear;
using testing::HasSubstr;
using namespace test;

std::vector<std::string> hexes(const Palette& palette) {
  std::vector<std::string> result;
  for (const Colour& colour : palette.colours) result.push_back(hex(colour.rgb));
  return result;
}

TEST(Extract, FlatPicturesHaveOneColour) {
  for (const image::Rgb& rgb :
       {image::Rgb{1, 1, 1}, image::Rgb{0, 0, 0}, image::Rgb{0.2, 0.4, 0.6}}) {
    for (const image::Size size : {image::Size{1, 1}, image::Size{1, 9}, image::Size{40, 30}}) {
      const Palette palette = extract(flat(size, rgb));
      ASSERT_EQ(palette.colours.size(), 1U);
      for (int c = 0; c < 3; ++c) EXPECT_NEAR(palette.colours[0].rgb[c], rgb[c], 1e-6);
      EXPECT_DOUBLE_EQ(*palette.colours[0].share, 1);
      EXPECT_NEAR(palette.colours[0].place->x, 0.5, 1e-9);
      EXPECT_NEAR(palette.colours[0].place->y, 0.5, 1e-9);
    }
  }
}

TEST(Extract, AskedForMoreThanThereAreItTellsWhatThereIs) {
  EXPECT_EQ(hexes(extract(flat({20, 20}, {1, 0, 0}), 5)), std::vector<std::string>{"#ff0000"});
}

TEST(Extract, NothingCoveredHasNoColour) {
  image::Image picture = flat({20, 20}, {1, 0, 0});
  picture.alpha.assign(picture.pixels(), 0.0F);
  EXPECT_TRUE(extract(picture).colours.empty());
  EXPECT_TRUE(extract(picture, 3).colours.empty());
}

TEST(Extract, WhatIsTransparentDoesNotCount) {
  image::Image picture = flat({60, 40}, {0, 0, 1});
  put(picture, 0, 0, {30, 40}, {1, 1, 0});
  picture.alpha.assign(picture.pixels(), 1.0F);
  for (int y = 0; y < 40; ++y) std::fill_n(picture.alpha.begin() + 60 * y, 30, 0.0F);
  const Palette palette = extract(picture);
  EXPECT_EQ(hexes(palette), std::vector<std::string>{"#0000ff"});
  EXPECT_NEAR(palette.colours[0].place->x, 0.75, 0.01);
}

TEST(Extract, SharesAndPlacesAreThoseOfTheAreas) {
  image::Image picture = flat({200, 100}, {1, 1, 1});
  put(picture, 0, 0, {100, 50}, {0, 0, 0});
  put(picture, 150, 60, {20, 20}, {1, 0, 0});
  const Palette palette = extract(picture);
  EXPECT_EQ(hexes(palette), (std::vector<std::string>{"#ffffff", "#000000", "#ff0000"}));
  EXPECT_NEAR(*palette.colours[1].share, 0.25, 0.01);
  EXPECT_NEAR(*palette.colours[2].share, 0.02, 0.003);
  EXPECT_NEAR(palette.colours[2].place->x, 0.80, 0.005);
  EXPECT_NEAR(palette.colours[2].place->y, 0.70, 0.005);
  // A square of edge a has the spread a / sqrt(6).
  EXPECT_NEAR(palette.colours[2].place->spread, 20 / std::sqrt(6) / std::hypot(200, 100), 0.002);
}

TEST(Extract, ASmallAccentIsFoundWhateverTheSize) {
  for (const int edge : {128, 300, 512, 900}) {
    image::Image picture = flat({edge, edge}, {0.1, 0.2, 0.35});
    put(picture, 0, edge / 2, {edge, edge / 2}, {0.3, 0.35, 0.2});
    put(picture, edge / 4, edge / 5, {edge / 16, edge / 16}, {0.95, 0.85, 0.3});  // 0.4 %
    const Palette palette = extract(picture);
    ASSERT_EQ(palette.colours.size(), 3U) << edge;
    EXPECT_LT(recovery({{0.95, 0.85, 0.3}}, {palette.colours[2].rgb}).worst, 1) << edge;
  }
}

TEST(Extract, AGradientIsDividedAndStaysWithinTwelve) {
  image::Image picture = flat({256, 64}, {0, 0, 0});
  for (int x = 0; x < 256; ++x) put(picture, x, 0, {1, 64}, {x / 255.0, x / 255.0, x / 255.0});
  const Palette palette = extract(picture);
  EXPECT_GE(palette.colours.size(), 4U);
  EXPECT_LE(palette.colours.size(), 12U);
  for (const int count : {2, 7, 20}) {
    EXPECT_EQ(extract(picture, count).colours.size(), static_cast<std::size_t>(count));
  }
}

TEST(Extract, SameAtEveryCall) {
  const image::Image picture = made_palette(3).picture;
  const Palette first = extract(picture), second = extract(picture);
  ASSERT_EQ(first.colours.size(), second.colours.size());
  for (std::size_t i = 0; i < first.colours.size(); ++i) {
    EXPECT_EQ(first.colours[i].rgb, second.colours[i].rgb);
    EXPECT_EQ(first.colours[i].share, second.colours[i].share);
  }
}

TEST(Extract, RefusesCountsOutOfRange) {
  EXPECT_ERROR(extract(flat({2, 2}, {0, 0, 0}), 65), invalid_argument, HasSubstr("1..64"));
  EXPECT_ERROR(extract(flat({2, 2}, {0, 0, 0}), -1), invalid_argument, HasSubstr("1..64"));
}

void expect_recovered(std::uint64_t first, std::uint64_t last) {
  const TemporaryFolder folder;
  for (std::uint64_t i = first; i < last; ++i) {
    const MadePalette made = made_palette(i);
    const auto file = folder.path() / "made.jpg";
    save_damaged(made, file, i);
    std::vector<image::Rgb> found;
    for (const Colour& colour : extract(image::load(file)).colours) found.push_back(colour.rgb);
    const Recovery result = recovery(made.colours, found);
    EXPECT_EQ(found.size(), made.colours.size()) << i;
    EXPECT_LT(result.worst, 2) << i;
  }
}

TEST(Extract, DamagedPalettesAreRecovered) {
  expect_recovered(0, 8);
}

TEST(SlowExtract, TwoHundredDamagedPalettesAreRecovered) {
  expect_recovered(8, 200);
}

}  // namespace
}  // namespace atelier::palette
