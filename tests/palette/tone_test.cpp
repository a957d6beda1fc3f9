// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/tone.hpp"

#include <gmock/gmock.h>

#include <set>

#include "palette/pictures.hpp"

namespace atelier::palette {
namespace {

using namespace test;

TEST(Tone, SharesOfValues) {
  image::Image picture = flat({100, 10}, {1, 1, 1});
  put(picture, 0, 0, {50, 10}, {0, 0, 0});
  put(picture, 50, 0, {20, 10}, {0.47, 0.47, 0.47});  // L* 50
  const Tone tone = tone_of(picture);
  EXPECT_NEAR(tone.darks, 0.5, 1e-9);
  EXPECT_NEAR(tone.mids, 0.2, 1e-9);
  EXPECT_NEAR(tone.lights, 0.3, 1e-9);
  EXPECT_EQ(tone.range, "full");
  EXPECT_NEAR(tone.darkest, 0, 0.1);
  EXPECT_NEAR(tone.lightest, 100, 0.1);
  EXPECT_EQ(tone.neutral, 1);
}

TEST(Tone, KeysAndTemperature) {
  EXPECT_EQ(tone_of(flat({4, 4}, {1, 1, 1})).key, "high");
  EXPECT_EQ(tone_of(flat({4, 4}, {0, 0, 0})).key, "low");
  EXPECT_EQ(tone_of(flat({4, 4}, {0.47, 0.47, 0.47})).key, "middle");
  EXPECT_EQ(tone_of(flat({4, 4}, {1, 0.5, 0})).warm, 1);
  EXPECT_EQ(tone_of(flat({4, 4}, {0, 0.4, 1})).cool, 1);
}

TEST(Tone, NothingCoveredHasNone) {
  image::Image picture = flat({4, 4}, {1, 0, 0});
  picture.alpha.assign(picture.pixels(), 0.0F);
  const Tone tone = tone_of(picture);
  EXPECT_EQ(tone.key, "");
  EXPECT_EQ(tone.darks + tone.mids + tone.lights, 0);
}

TEST(Tone, AStudyHasFiveGreys) {
  image::Image picture = flat({250, 20}, {0, 0, 0});
  for (int x = 0; x < 250; ++x) put(picture, x, 0, {1, 20}, {x / 249.0, x / 249.0, x / 249.0});
  const image::Image study = value_study(picture);
  EXPECT_EQ(study.width, 250);
  EXPECT_EQ(std::set<float>(study.rgb.begin(), study.rgb.end()).size(), 5U);
}

}  // namespace
}  // namespace atelier::palette
