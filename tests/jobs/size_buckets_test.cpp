// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/size_buckets.hpp"

#include <gtest/gtest.h>

namespace atelier::jobs {
namespace {

std::string_view shape(int width, int height) {
  return aspect_classes.at(bucket_of(width, height).aspect);
}

TEST(SizeBuckets, PowersOfTwoOfTheShorterEdge) {
  EXPECT_EQ(bucket_of(3, 900).shorter_from, 16);
  EXPECT_EQ(bucket_of(16, 16).shorter_from, 16);
  EXPECT_EQ(bucket_of(31, 900).shorter_from, 16);
  EXPECT_EQ(bucket_of(900, 32).shorter_from, 32);
  EXPECT_EQ(bucket_of(255, 256).shorter_from, 128);
  EXPECT_EQ(bucket_of(256, 256).shorter_from, 256);
  EXPECT_EQ(bucket_of(65536, 65536).shorter_from, 65536);
}

TEST(SizeBuckets, TheNearestShape) {
  EXPECT_EQ(shape(640, 480), "4:3");
  EXPECT_EQ(shape(480, 640), "3:4");
  EXPECT_EQ(shape(256, 384), "2:3");
  EXPECT_EQ(shape(300, 310), "1:1");
  EXPECT_EQ(shape(1920, 1080), "2:1");  // 16:9 = 1.78, above 1.73, the middle of 3:2 and 2:1
  EXPECT_EQ(shape(9000, 100), "2:1");
  EXPECT_EQ(shape(1, 9000), "1:2");
}

TEST(SizeBuckets, TurnedPicturesMirrorEachOther) {
  for (int width = 16; width < 200; width += 3) {
    for (int height = 16; height < 200; ++height) {
      const SizeBucket one = bucket_of(width, height), turned = bucket_of(height, width);
      ASSERT_EQ(one.shorter_from, turned.shorter_from);
      ASSERT_EQ(one.aspect + turned.aspect, aspect_classes.size() - 1) << width << " x " << height;
    }
  }
}

}  // namespace
}  // namespace atelier::jobs
