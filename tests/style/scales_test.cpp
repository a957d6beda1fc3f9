// SPDX-License-Identifier: Apache-2.0
#include "style/scales.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numbers>

namespace atelier::style {
namespace {

std::vector<int> edges(int size, int min_size, double step) {
  std::vector<int> result;
  for (const Scale& scale : plan_scales(size, min_size, step, 10, 10)) {
    result.push_back(scale.long_edge);
  }
  return result;
}

TEST(Scales, AreAStepApart) {
  EXPECT_THAT(edges(512, 128, 2), testing::ElementsAre(128, 256, 512));
  EXPECT_THAT(edges(1000, 128, 2), testing::ElementsAre(250, 500, 1000));
  EXPECT_THAT(edges(512, 128, std::numbers::sqrt2), testing::ElementsAre(128, 181, 256, 362, 512));
  EXPECT_THAT(edges(256, 128, std::numbers::sqrt2), testing::ElementsAre(128, 181, 256));
  EXPECT_THAT(edges(500, 400, 2), testing::ElementsAre(500));
}

TEST(Scales, ASmallPictureHasOne) {
  EXPECT_THAT(edges(64, 128, 2), testing::ElementsAre(64));
}

TEST(Scales, RefiningTakesTheFinestTwo) {
  const auto scales = refining_scales(512, 128, 2, 19);
  ASSERT_EQ(scales.size(), 2U);
  EXPECT_EQ(scales[0].long_edge, 256);
  EXPECT_EQ(scales[0].iterations, 9);
  EXPECT_EQ(scales[1].long_edge, 512);
  EXPECT_EQ(scales[1].iterations, 19);
  EXPECT_EQ(refining_scales(200, 128, 2, 19).size(), 1U);
  EXPECT_EQ(refining_scales(512, 128, 2, 1).front().iterations, 1);
}

TEST(Scales, NoneIsUnderTheSmallestForAnySize) {
  for (int size = 16; size < 3000; size += 7) {
    const auto scales = plan_scales(size, 128, std::numbers::sqrt2, 20, 80);
    EXPECT_EQ(scales.back().long_edge, size);
    EXPECT_EQ(scales.back().iterations, 20);
    if (scales.size() > 1) {
      EXPECT_GE(scales.front().long_edge, 128);
      EXPECT_EQ(scales.front().iterations, 80);
    }
    for (std::size_t i = 1; i < scales.size(); ++i) {
      EXPECT_GT(scales[i].long_edge, scales[i - 1].long_edge);
      EXPECT_LE(scales[i].iterations, scales[i - 1].iterations);
    }
  }
}

}  // namespace
}  // namespace atelier::style
