// SPDX-License-Identifier: Apache-2.0
#include "image/orientation.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace atelier::image {
namespace {

// The stored picture is  0 1 2
//                        3 4 5
struct Case {
  int orientation, width;
  std::array<int, 6> seen;
};

class Orientation : public testing::TestWithParam<Case> {};

TEST_P(Orientation, MovesEveryPixelWhereExifSays) {
  Image stored;
  stored.width = 3;
  stored.height = 2;
  for (int i = 0; i < 6; ++i) {
    const auto value = static_cast<float>(i);
    stored.rgb.insert(stored.rgb.end(), {value, value + 0.25F, value + 0.5F});
    stored.alpha.push_back(value);
  }
  const auto& [orientation, width, seen] = GetParam();
  const Image image = oriented(stored, orientation);
  ASSERT_EQ(image.width, width);
  ASSERT_EQ(image.height, 6 / width);
  EXPECT_EQ(swaps_edges(orientation), width == 2);
  for (std::size_t i = 0; i < 6; ++i) {
    const auto value = static_cast<float>(seen[i]);
    EXPECT_EQ(image.rgb[i * 3], value);
    EXPECT_EQ(image.rgb[i * 3 + 1], value + 0.25F);
    EXPECT_EQ(image.rgb[i * 3 + 2], value + 0.5F);
    EXPECT_EQ(image.alpha[i], value);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, Orientation,
    testing::Values(Case{1, 3, {0, 1, 2, 3, 4, 5}}, Case{2, 3, {2, 1, 0, 5, 4, 3}},
                    Case{3, 3, {5, 4, 3, 2, 1, 0}}, Case{4, 3, {3, 4, 5, 0, 1, 2}},
                    Case{5, 2, {0, 3, 1, 4, 2, 5}}, Case{6, 2, {3, 0, 4, 1, 5, 2}},
                    Case{7, 2, {5, 2, 4, 1, 3, 0}}, Case{8, 2, {2, 5, 1, 4, 0, 3}},
                    Case{9, 3, {0, 1, 2, 3, 4, 5}}, Case{0, 3, {0, 1, 2, 3, 4, 5}}));

}  // namespace
}  // namespace atelier::image
