// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/harmony.hpp"

#include <gmock/gmock.h>

#include "base/error_matcher.hpp"

namespace atelier::palette {
namespace {

using testing::HasSubstr;

Palette of_hues(const std::vector<double>& hues) {
  Palette palette;
  for (const double hue : hues)
    palette.colours.push_back({image::srgb_from_oklab(from_lch(0.65, 0.08, hue)), "", {}, {}});
  return palette;
}

TEST(Harmony, EverySchemeIsFoundAtEveryTurn) {
  for (const Scheme& scheme : schemes()) {
    for (const double turn : {0.0, 37.0, 200.0}) {
      std::vector<double> hues;
      for (const double angle : scheme.angles) hues.push_back(angle + turn);
      const Harmony found = harmony_of(of_hues(hues));
      EXPECT_EQ(found.scheme, scheme.name) << turn;
      EXPECT_NEAR(found.fit, 1, 1e-9);
      EXPECT_LT(found.deviation, 0.6);
    }
  }
}

TEST(Harmony, GreysAreAchromaticAndStrewnHuesFitNothing) {
  Palette greys{"", {{{0.2, 0.2, 0.2}, "", {}, {}}, {{0.9, 0.9, 0.9}, "", {}, {}}}};
  EXPECT_EQ(harmony_of(greys).scheme, "achromatic");
  EXPECT_GT(harmony_of(greys).fit, 0.99);
  EXPECT_EQ(harmony_of(of_hues({0, 45, 90, 135, 180, 225, 270, 315})).scheme, "none");
}

TEST(Harmony, ProposedColoursHaveTheHuesAndLieInTheGamut) {
  const image::Rgb base{0.9, 0.1, 0.1};
  const double from = hue(image::oklab_from_srgb(base));
  for (const Scheme& scheme : schemes()) {
    const Palette palette = proposed(scheme.name, base);
    if (scheme.name == "monochrome") continue;
    ASSERT_EQ(palette.colours.size(), scheme.angles.size());
    for (std::size_t i = 0; i < scheme.angles.size(); ++i) {
      const image::Oklab lab = image::oklab_from_srgb(palette.colours[i].rgb);
      EXPECT_NEAR(std::remainder(hue(lab) - from - scheme.angles[i], 360.0), 0, 0.01);
      EXPECT_NEAR(lab.L, image::oklab_from_srgb(base).L, 1e-4);
      for (const double value : palette.colours[i].rgb) {
        EXPECT_GE(value, 0);
        EXPECT_LE(value, 1);
      }
      EXPECT_FALSE(palette.colours[i].name.empty());
    }
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(palette.colours[0].rgb[c], base[c], 1e-6);
  }
  EXPECT_EQ(proposed("monochrome", base).colours.size(), 5U);
  EXPECT_ERROR(proposed("pentad", base), invalid_argument, HasSubstr("pentad"));
}

TEST(Harmony, TheMainColourIsStrongAndLarge) {
  const Palette palette{
      "",
      {{{0.5, 0.5, 0.5}, "", 0.7, {}}, {{0.8, 0.2, 0.1}, "", 0.25, {}}, {{0, 1, 0}, "", 0.05, {}}}};
  EXPECT_EQ(hex(main_colour(palette).rgb), "#cc331a");
}

}  // namespace
}  // namespace atelier::palette
