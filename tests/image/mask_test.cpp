// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/mask.hpp"

#include <gtest/gtest.h>

namespace atelier::image {
namespace {

Image filled(Size size, float r, float g, float b) {
  Image picture;
  picture.width = size.width;
  picture.height = size.height;
  for (std::size_t i = 0; i < picture.pixels(); ++i)
    picture.rgb.insert(picture.rgb.end(), {r, g, b});
  return picture;
}

/// Exact: grey counts as it is written, to all 16 bits.
TEST(Mask, GreyIsTheWeight) {
  for (const int level : {0, 1, 12345, 40000, 65535}) {
    const float value = static_cast<float>(level) / 65535;
    EXPECT_EQ(mask_of(filled({3, 2}, value, value, value)).values, std::vector<float>(6, value));
  }
}

TEST(Mask, ColoursCountByTheirLuma) {
  EXPECT_NEAR(mask_of(filled({1, 1}, 1, 0, 0)).values[0], 0.2126, 1e-6);
  EXPECT_NEAR(mask_of(filled({1, 1}, 0, 1, 0)).values[0], 0.7152, 1e-6);
  EXPECT_NEAR(mask_of(filled({1, 1}, 0, 0, 1)).values[0], 0.0722, 1e-6);
}

/// Paint of any colour on nothing counts where it is; a channel that is opaque throughout says
/// nothing.
TEST(Mask, AlphaIsTheWeightWhereAnythingIsTransparent) {
  Image picture = filled({2, 1}, 0.25F, 0.25F, 0.25F);
  picture.alpha = {1, 1};
  EXPECT_EQ(mask_of(picture).values, std::vector<float>(2, 0.25F));
  picture.alpha = {1, 0.5F};
  EXPECT_EQ(mask_of(picture).values, (std::vector<float>{1, 0.5F}));
}

TEST(Mask, ResizesAndKeepsConstants) {
  const Mask half = resize(mask_of(filled({9, 7}, 0.5F, 0.5F, 0.5F)), {20, 15});
  EXPECT_EQ(half.width, 20);
  EXPECT_EQ(half.height, 15);
  EXPECT_EQ(half.values, std::vector<float>(300, 0.5F));
}

TEST(Mask, ShapesAreTheSameWithinAPixel) {
  EXPECT_TRUE(same_shape({512, 385}, {512, 385}));
  EXPECT_TRUE(same_shape({64, 48}, {512, 385}));
  EXPECT_TRUE(same_shape({4000, 3005}, {512, 385}));
  EXPECT_FALSE(same_shape({385, 512}, {512, 385}));
  EXPECT_FALSE(same_shape({512, 512}, {512, 385}));
  EXPECT_FALSE(same_shape({64, 44}, {512, 385}));
}

}  // namespace
}  // namespace atelier::image
