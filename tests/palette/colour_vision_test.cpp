// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/colour_vision.hpp"

#include <gmock/gmock.h>

#include "atelier/image/colour_difference.hpp"
#include "atelier/palette/contrast.hpp"

namespace atelier::palette {
namespace {

double difference(const image::Rgb& x, const image::Rgb& y) {
  return image::ciede2000(image::cielab_from_srgb(x), image::cielab_from_srgb(y));
}

TEST(ColourVision, GreysStayAndSecondLooksChangeLittle) {
  for (const Vision vision : visions) {
    for (const double grey : {0.0, 0.3, 0.8, 1.0}) {
      const image::Rgb seen = seen_by(vision, {grey, grey, grey});
      for (const double value : seen) EXPECT_NEAR(value, grey, 1e-3) << vision_name(vision);
    }
    // What such eyes see is what they would see of it: a projection.
    for (const image::Rgb& rgb : {image::Rgb{0.6, 0.4, 0.3}, image::Rgb{0.3, 0.5, 0.6}}) {
      const image::Rgb once = seen_by(vision, rgb);
      EXPECT_LT(difference(seen_by(vision, once), once), 0.5) << vision_name(vision);
    }
  }
}

TEST(ColourVision, RedAndGreenRunTogetherBlueAndYellowDoNot) {
  const image::Rgb red{0.75, 0.35, 0.2}, green{0.45, 0.52, 0.2};
  EXPECT_GT(difference(red, green), 30);
  EXPECT_LT(difference(seen_by(Vision::deuteranopia, red), seen_by(Vision::deuteranopia, green)),
            15);
  EXPECT_GT(difference(seen_by(Vision::deuteranopia, {0.2, 0.3, 0.9}),
                       seen_by(Vision::deuteranopia, {0.9, 0.8, 0.2})),
            40);
  EXPECT_GT(difference(seen_by(Vision::tritanopia, red), seen_by(Vision::tritanopia, green)), 20);
}

TEST(ColourVision, WithoutColourTheLuminanceStays) {
  const image::Rgb rgb{0.2, 0.6, 0.9};
  const image::Rgb seen = seen_by(Vision::achromatopsia, rgb);
  EXPECT_DOUBLE_EQ(seen[0], seen[2]);
  EXPECT_NEAR(luminance(seen), luminance(rgb), 1e-9);
}

TEST(ColourVision, PixelsAreSeenAsColoursAre) {
  std::vector<float> pixels{0.1F, 0.5F, 0.9F, 1.0F, 0.0F, 0.25F};
  see_by(Vision::protanopia, pixels);
  const image::Rgb second = seen_by(Vision::protanopia, {1, 0, 0.25});
  for (std::size_t c = 0; c < 3; ++c) EXPECT_FLOAT_EQ(pixels[3 + c], second[c]);
}

TEST(ColourVision, ConfusionsAreTold) {
  // Alike for eyes without middle cones, of equal luminance to them.
  Palette palette{
      "",
      {{{0.6, 0.45, 0.45}, "", {}, {}}, {{0.4, 0.55, 0.44}, "", {}, {}}, {{1, 1, 1}, "", {}, {}}}};
  const std::vector<Confusion> found = confusions(palette);
  ASSERT_FALSE(found.empty());
  for (const Confusion& one : found) {
    EXPECT_EQ(one.first, 0U);
    EXPECT_EQ(one.second, 1U);
    EXPECT_LT(one.difference, 7);
  }
  palette.colours.erase(palette.colours.begin());
  EXPECT_TRUE(confusions(palette).empty());
}

}  // namespace
}  // namespace atelier::palette
