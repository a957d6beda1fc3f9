// SPDX-License-Identifier: Apache-2.0
#include "assist/extent.hpp"

#include <gtest/gtest.h>

#include "assist/made_pictures.hpp"

namespace atelier::assist {
namespace {

TEST(Extent, IsTheBoxOfABlockLessTheShareBeyond) {
  const image::Mask map = test::map_with({40, 20}, {0.25, 0.2, 0.75, 0.6});
  const Box all = extent(map, 0.1, 0);
  EXPECT_NEAR(all.left, 0.25, 1e-9);
  EXPECT_NEAR(all.top, 0.2, 1e-9);
  EXPECT_NEAR(all.right, 0.75, 1e-9);
  EXPECT_NEAR(all.bottom, 0.6, 1e-9);
  const Box less = extent(map, 0.1, 0.1);  // a tenth of 0.5 and of 0.4 to each side
  EXPECT_NEAR(less.left, 0.30, 1e-9);
  EXPECT_NEAR(less.right, 0.70, 1e-9);
  EXPECT_NEAR(less.top, 0.24, 1e-9);
  EXPECT_NEAR(less.bottom, 0.56, 1e-9);
}

TEST(Extent, FaintTracesCountFromTheThresholdOn) {
  image::Mask map = test::map_with({40, 20}, {0.25, 0.2, 0.75, 0.6});
  map.values[40 * 10] = 0.2F;
  EXPECT_NEAR(extent(map, 0.1, 0).left, 0, 1e-9);
  EXPECT_NEAR(extent(map, 0.25, 0).left, 0.25, 1e-9);
}

TEST(Extent, IsThatOfTheLeastAndTheGreatestValue) {
  image::Mask map = test::map_with({40, 20}, {0.25, 0.2, 0.75, 0.6});
  const Box plain = extent(map, 0.3, 0.01);
  for (float& value : map.values) value = 0.4F + 0.1F * value;
  const Box pale = extent(map, 0.3, 0.01);
  EXPECT_NEAR(plain.left, pale.left, 1e-5);
  EXPECT_NEAR(plain.bottom, pale.bottom, 1e-5);
}

TEST(Extent, WithoutAnythingIsTheWholePicture) {
  for (const image::Mask& map :
       {image::Mask{}, image::Mask{1, 1, {0.5F}}, image::Mask{2, 2, {0, 0, 0, 0}}}) {
    const Box box = extent(map, 0.1, 0.005);
    EXPECT_EQ(box.area(), 1);
  }
}

}  // namespace
}  // namespace atelier::assist
