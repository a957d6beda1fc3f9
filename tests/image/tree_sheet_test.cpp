// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/tree_sheet.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::image {
namespace {

Image plain(float r, float g, float b) {
  Image picture;
  picture.width = picture.height = 8;
  for (int i = 0; i < 64; ++i) picture.rgb.insert(picture.rgb.end(), {r, g, b});
  return picture;
}

/// Rows in which a pixel of exactly this colour lies.
std::pair<int, int> rows_of(const Image& sheet, float r, float g, float b) {
  int first = sheet.height, last = -1;
  for (int y = 0; y < sheet.height; ++y) {
    for (int x = 0; x < sheet.width; ++x) {
      const float* p = sheet.rgb.data() + 3 * (std::ptrdiff_t{y} * sheet.width + x);
      if (p[0] != r || p[1] != g || p[2] != b) continue;
      first = std::min(first, y);
      last = std::max(last, y);
    }
  }
  return {first, last};
}

TEST(TreeSheet, PutsParentsAboveTheirChildSideBySide) {
  const TreeNode child{
      plain(1, 0, 0), "child", {{plain(0, 1, 0), "", {}}, {plain(0, 0, 1), "second", {}}}};
  const Image sheet = tree_sheet(child, 64);
  const auto red = rows_of(sheet, 1, 0, 0), green = rows_of(sheet, 0, 1, 0),
             blue = rows_of(sheet, 0, 0, 1);
  EXPECT_EQ(red.second - red.first, 63);
  EXPECT_EQ(green, blue);
  EXPECT_LT(green.second, red.first);
  EXPECT_GT(sheet.width, 2 * 64);
}

TEST(TreeSheet, DrawsOneAlone) {
  const Image sheet = tree_sheet({plain(0, 0, 0), "alone", {}}, 64);
  EXPECT_EQ(rows_of(sheet, 0, 0, 0).second - rows_of(sheet, 0, 0, 0).first, 63);
}

TEST(TreeSheet, RefusesWhatWouldBeTooLarge) {
  TreeNode child{plain(1, 0, 0), "", {}};
  for (int i = 0; i < 500; ++i) child.parents.push_back({plain(0, 1, 0), "", {}});
  EXPECT_THROW(static_cast<void>(tree_sheet(child, 64)), Error);
}

}  // namespace
}  // namespace atelier::image
