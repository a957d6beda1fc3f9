// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/contrast.hpp"

#include <gtest/gtest.h>

namespace atelier::palette {
namespace {

TEST(Contrast, KnownRatios) {
  EXPECT_DOUBLE_EQ(contrast({0, 0, 0}, {1, 1, 1}), 21);
  EXPECT_DOUBLE_EQ(contrast({1, 1, 1}, {0, 0, 0}), 21);
  EXPECT_DOUBLE_EQ(contrast({0.3, 0.4, 0.5}, {0.3, 0.4, 0.5}), 1);
  const double grey = 0x77 / 255.0;  // #777 on white, known to miss 4.5 by a hair
  EXPECT_NEAR(contrast({grey, grey, grey}, {1, 1, 1}), 4.478, 0.001);
  EXPECT_NEAR(contrast({1, 0, 0}, {1, 1, 1}), 1.05 / (0.2126 + 0.05), 1e-9);
}

TEST(Contrast, LevelsBeginWhereTheGuidelinesSay) {
  EXPECT_EQ(wcag_level(7), "AAA");
  EXPECT_EQ(wcag_level(6.99), "AA");
  EXPECT_EQ(wcag_level(4.5), "AA");
  EXPECT_EQ(wcag_level(4.49), "AA large");
  EXPECT_EQ(wcag_level(3), "AA large");
  EXPECT_EQ(wcag_level(2.99), "none");
}

TEST(Contrast, PairsComeByContrast) {
  const Palette palette{
      "", {{{1, 1, 1}, "", {}, {}}, {{0.5, 0.5, 0.5}, "", {}, {}}, {{0, 0, 0}, "", {}, {}}}};
  const auto pairs = contrasts(palette);
  ASSERT_EQ(pairs.size(), 3U);
  EXPECT_EQ(pairs[0].first, 0U);
  EXPECT_EQ(pairs[0].second, 2U);
  EXPECT_GE(pairs[1].ratio, pairs[2].ratio);
}

}  // namespace
}  // namespace atelier::palette
