// SPDX-License-Identifier: Apache-2.0
#include "image/sheet_layout.hpp"

#include <gtest/gtest.h>

namespace atelier::image {
namespace {

bool operator==(Place a, Place b) {
  return a.left == b.left && a.top == b.top;
}

TEST(SheetLayout, OnePictureHasAGapAround) {
  const SheetPlaces places = lay_out({}, {{{}, {{}}, {{}}, {{100, 80}}, {{}}}}, 12);
  EXPECT_EQ(places.size, (Size{124, 104}));
  EXPECT_TRUE(places.blocks[0].pictures[0] == (Place{12, 12}));
}

TEST(SheetLayout, TextsStandAroundTheirPictures) {
  // Title 40 x 20; one row text 30 x 10; two columns with heads 50 x 10; labels 60 x 10.
  const BlockSizes block{
      {}, {{50, 10}, {50, 10}}, {{30, 10}}, {{100, 80}, {100, 60}}, {{60, 10}, {60, 10}}};
  const SheetPlaces places = lay_out({40, 20}, {block}, 12);
  const BlockPlaces& at = places.blocks[0];
  EXPECT_TRUE(places.title == (Place{12, 12}));
  const int heads = 12 + 20 + 12, pictures = heads + 10 + 4;
  const int first = 12 + 30 + 12, second = first + 100 + 12;
  EXPECT_TRUE(at.columns[0] == (Place{first + 25, heads}));
  EXPECT_TRUE(at.columns[1] == (Place{second + 25, heads}));
  EXPECT_TRUE(at.rows[0] == (Place{12, pictures + 35}));
  EXPECT_TRUE(at.pictures[0] == (Place{first, pictures}));
  EXPECT_TRUE(at.pictures[1] == (Place{second, pictures + 10}));
  EXPECT_TRUE(at.labels[0] == (Place{first + 20, pictures + 80 + 4}));
  EXPECT_EQ(places.size, (Size{second + 100 + 12, pictures + 80 + 4 + 10 + 12}));
}

TEST(SheetLayout, BlocksStandBelowEachOtherInTheSameColumns) {
  const BlockSizes narrow{{80, 15}, {{}, {}}, {{}}, {{50, 50}, {50, 50}}, {{}, {}}};
  const BlockSizes wide{{80, 15}, {{}, {}}, {{}}, {{70, 50}, {70, 50}}, {{}, {}}};
  const SheetPlaces places = lay_out({}, {narrow, wide}, 10);
  // The narrow ones are centred in columns as wide as the wide ones'.
  EXPECT_TRUE(places.blocks[0].heading == (Place{10, 10}));
  EXPECT_TRUE(places.blocks[0].pictures[1] == (Place{10 + 80 + 10, 35}));
  EXPECT_TRUE(places.blocks[1].heading == (Place{10, 35 + 50 + 10 + 10}));
  EXPECT_TRUE(places.blocks[1].pictures[1] == (Place{10 + 80, 35 + 70 + 25}));
  EXPECT_EQ(places.size, (Size{10 + 80 + 70 + 10, 35 + 70 + 25 + 50 + 10}));
}

}  // namespace
}  // namespace atelier::image
