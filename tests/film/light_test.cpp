// SPDX-License-Identifier: Apache-2.0
#include "film/light.hpp"

#include <cmath>

#include "films.hpp"

namespace atelier::film {
namespace {

double srgb(double light) {
  return light <= 0.0031308 ? light * 12.92 : 1.055 * std::pow(light, 1 / 2.4) - 0.055;
}

image::Image through(const Meaning& meaning, float r, float g, float b) {
  image::Image image = flat({1, 1}, r, g, b);
  Light(meaning).to_srgb(image);
  return image;
}

TEST(Light, TelevisionCountsAsSrgb) {
  EXPECT_TRUE(Light(Meaning{}).is_srgb());
  Meaning meaning;
  meaning.primaries = AVCOL_PRI_BT709;
  meaning.transfer = AVCOL_TRC_BT709;
  EXPECT_TRUE(Light(meaning).is_srgb());
  EXPECT_EQ(Light(meaning).note(), "");
}

TEST(Light, OtherPrimariesKeepGreyAndMoveColours) {
  for (const AVColorPrimaries primaries :
       {AVCOL_PRI_BT2020, AVCOL_PRI_SMPTE432, AVCOL_PRI_BT470BG, AVCOL_PRI_SMPTE170M}) {
    Meaning meaning;
    meaning.primaries = primaries;
    for (const float grey : {0.0F, 0.1F, 0.5F, 1.0F}) {
      const image::Image result = through(meaning, grey, grey, grey);
      for (const float v : result.rgb) EXPECT_NEAR(v, grey, 1e-3) << primaries;
    }
  }
  // BT.2020's red lies outside of sRGB: green and blue are clipped, and a dim one gets 1.6605 times
  // its light in red (ITU-R BT.2087, table 2).
  Meaning wide;
  wide.primaries = AVCOL_PRI_BT2020;
  const image::Image red = through(wide, 0.5F, 0, 0);
  const double light = std::pow((0.5 + 0.055) / 1.055, 2.4);
  EXPECT_NEAR(red.rgb[0], srgb(1.6605 * light), 1e-3);
  EXPECT_EQ(red.rgb[1], 0);
  EXPECT_EQ(red.rgb[2], 0);
}

TEST(Light, PqGreyBelowTheKneeIsLightOverWhite) {
  Meaning hdr;
  hdr.transfer = AVCOL_TRC_SMPTE2084;
  hdr.primaries = AVCOL_PRI_BT2020;
  // 0.4403 is PQ's code of 50 nits, below the knee of BT.2390's curve: kept as it is.
  const image::Image dim = through(hdr, 0.44028F, 0.44028F, 0.44028F);
  for (const float v : dim.rgb) EXPECT_NEAR(v, srgb(50 / 203.0), 2e-3);
  // Black stays, the peak (1000 nits: 0.7518) and all beyond are white.
  for (const float v : through(hdr, 0, 0, 0).rgb) EXPECT_NEAR(v, 0, 1e-3);
  for (const float peak : {0.75183F, 0.9F, 1.0F}) {
    for (const float v : through(hdr, peak, peak, peak).rgb) EXPECT_NEAR(v, 1, 3e-3) << peak;
  }
  EXPECT_THAT(Light(hdr).note(), testing::HasSubstr("PQ"));
}

TEST(Light, ToneMappingNeverTurnsAround) {
  for (const auto transfer : {AVCOL_TRC_SMPTE2084, AVCOL_TRC_ARIB_STD_B67}) {
    Meaning hdr;
    hdr.transfer = transfer;
    const Light light(hdr);
    float last = -1;
    for (int i = 0; i <= 100; ++i) {
      const float v = static_cast<float>(i) / 100;
      image::Image grey = flat({1, 1}, v, v, v);
      light.to_srgb(grey);
      const float result = grey.rgb[1];
      EXPECT_GE(result, last - 1e-4F) << i;
      last = result;
    }
    EXPECT_NEAR(last, 1, 3e-3);
  }
}

TEST(Light, HlgReferenceWhiteIsBright) {
  // BT.2408: 75 % of HLG is 203 nits on a display of 1000; the curve takes some of that for what is
  // brighter.
  Meaning hdr;
  hdr.transfer = AVCOL_TRC_ARIB_STD_B67;
  const float white = through(hdr, 0.75F, 0.75F, 0.75F).rgb[0];
  EXPECT_GT(white, 0.8);
  EXPECT_LT(white, 0.95);
  EXPECT_THAT(Light(hdr).note(), testing::HasSubstr("HLG"));
}

}  // namespace
}  // namespace atelier::film
