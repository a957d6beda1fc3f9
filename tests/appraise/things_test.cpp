// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/things.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "appraise/pictures.hpp"
#include "nets/small_graphs.hpp"

namespace atelier::appraise {
namespace {

nets::FeatureNet small_eyes() {
  return nets::FeatureNet(
      nets::testing::small_graph("efficientnet-lite0", {.strides = nets::Strides::trained}));
}

image::Image striped(image::Size size) {
  return test::painted(size, [](int x, int y) { return test::grey((x / 3 + y) % 4 / 3.0); });
}

TEST(Things, TheMapHasThePicturesShapeAndRange) {
  const nets::FeatureNet eyes = small_eyes();
  for (const image::Size size :
       {image::Size{300, 200}, {200, 300}, {1, 1}, {1, 400}, {900, 2}, {16, 16}}) {
    const image::Mask map = where_things_are(eyes, striped(size));
    ASSERT_EQ(map.values.size(), map.pixels());
    EXPECT_EQ(std::max(map.width, map.height), things_edge / 8);
    EXPECT_GE(std::min(map.width, map.height), 8);
    EXPECT_EQ(map.width > map.height, size.width > size.height);
    for (const float value : map.values) {
      EXPECT_GE(value, 0);
      EXPECT_LE(value, 1);
    }
  }
}

TEST(Things, AMirroredPictureHasTheMirroredMap) {
  const nets::FeatureNet eyes = small_eyes();
  const image::Size size{384, 256};
  const auto shade = [](int x, int y) { return test::grey((x < 128 && y > 60) ? 0.9 : 0.2); };
  const image::Mask map = where_things_are(eyes, test::painted(size, shade)),
                    mirrored = where_things_are(eyes, test::painted(size, [&](int x, int y) {
                                                  return shade(size.width - 1 - x, y);
                                                }));
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      const auto at = static_cast<std::size_t>(y) * map.width;
      EXPECT_NEAR(map.values[at + x], mirrored.values[at + map.width - 1 - x], 2e-3);
    }
  }
}

TEST(Things, TheSamePictureHasTheSameMap) {
  const nets::FeatureNet eyes = small_eyes();
  const image::Image picture = striped({120, 90});
  EXPECT_EQ(where_things_are(eyes, picture).values, where_things_are(eyes, picture).values);
}

}  // namespace
}  // namespace atelier::appraise
