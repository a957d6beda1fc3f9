// SPDX-License-Identifier: Apache-2.0
#include "provenance/tile.hpp"

#include <gtest/gtest.h>

#include <map>

#include "base/error_matcher.hpp"
#include "provenance/plain_tree.hpp"
#include "provenance/right_edge.hpp"

namespace atelier::provenance {
namespace {

using testing::HasSubstr;

TEST(Tile, PathsAreTheSpecifications) {
  EXPECT_EQ(tile_path({0, 1234067, 256}), "tile/0/x001/x234/067");
  EXPECT_EQ(tile_path({3, 0, 256}), "tile/3/000");
  EXPECT_EQ(tile_path({0, 273, 112}), "tile/0/273.p/112");
  EXPECT_EQ(tile_path({1, 1000, 1}), "tile/1/x001/000.p/1");
  EXPECT_EQ(entries_path({0, 999'999, 256}), "tile/entries/x999/999");
  EXPECT_EQ(entries_path({0, 1'000'000, 5}), "tile/entries/x001/x000/000.p/5");
}

TEST(Tile, TreesHaveTheTilesThatTheSpecificationCounts) {
  // "A tree of size 70,000 ... 273 full level 0 tiles, one partial level 0 tile of width 112, one
  // full level 1 tile, one partial level 1 tile of width 17, and one partial level 2 tile of
  // width 1."
  EXPECT_EQ(partial_tiles(70'000), (std::vector<Tile>{{0, 273, 112}, {1, 1, 17}, {2, 0, 1}}));
  EXPECT_EQ(tile_in(70'000, 0, 272).width, 256U);
  EXPECT_EQ(tile_in(70'000, 0, 273).width, 112U);
  EXPECT_EQ(tile_in(70'000, 0, 274).width, 0U);
  EXPECT_EQ(tile_in(70'000, 1, 0).width, 256U);
  // "A tree of size 256 ... a full level 0 tile and a partial level 1 tile of width 1."
  EXPECT_EQ(partial_tiles(256), (std::vector<Tile>{{1, 0, 1}}));
  EXPECT_EQ(partial_tiles(0), std::vector<Tile>{});
  EXPECT_EQ(partial_tiles(max_tree_size).size(), 8U);
  EXPECT_EQ(tile_in(max_tree_size, 9, 0).width, 0U);
}

TEST(RightEdge, GrowsLikeATreeThatIsWhole) {
  test::PlainTree tree = test::plain_tree(70'000);
  std::map<Tile, std::vector<Hash>> full;
  RightEdge edge;
  EXPECT_EQ(edge.root(), empty_root());
  for (std::uint64_t size = 1; size <= tree.size(); ++size) {
    edge.append(tree.leaf(size - 1),
                [&](const Tile& tile, const std::vector<Hash>& row) { full[tile] = row; });
    ASSERT_EQ(edge.size(), size);
    if (size < 1000 || size % 97 == 0 || size % 256 < 2) {
      ASSERT_EQ(edge.root(), root_of(tree, size)) << size;
    }
  }
  EXPECT_EQ(full.size(), 274U);  // 273 of level 0, 1 of level 1
  for (const auto& [tile, row] : full) {
    for (std::uint64_t i = 0; i < tile_width; ++i)
      ASSERT_EQ(row[i], tree.node(tile.level * tile_height, tile.index * tile_width + i));
  }
  // Begun again from its partial tiles.
  RightEdge again(edge.size(), [&](const Tile& tile) { return edge.row(tile.level); });
  EXPECT_EQ(again.root(), edge.root());
}

TEST(Tile, DamagedFilesAreRefused) {
  const std::vector<Hash> row(3, leaf_hash("x"));
  const std::string bytes = to_bytes(row);
  EXPECT_EQ(parse_tile(bytes, 3, "t"), row);
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{95}})
    EXPECT_ERROR(parse_tile(std::string_view(bytes).substr(0, size), 3, "t"), bad_input,
                 HasSubstr("t is damaged"));
  EXPECT_ERROR(parse_tile(bytes + "x", 3, "t"), bad_input, HasSubstr("96 bytes, and this one 97"));
  std::string bundle;
  for (const char* entry : {"one", "", "three"}) append_entry(entry, bundle);
  EXPECT_EQ(bundle, std::string("\0\3one\0\0\0\5three", 14));
  EXPECT_EQ(parse_bundle(bundle, 3, "b"), (std::vector<std::string>{"one", "", "three"}));
  for (std::size_t size = 0; size < bundle.size(); ++size)
    EXPECT_ERROR(parse_bundle(bundle.substr(0, size), 3, "b"), bad_input,
                 HasSubstr("b is damaged"));
  EXPECT_ERROR(parse_bundle(bundle, 2, "b"), bad_input, HasSubstr("bytes follow"));
  EXPECT_ERROR(parse_bundle(bundle, 4, "b"), bad_input, HasSubstr("3 entries instead of 4"));
  EXPECT_ERROR(parse_bundle("\xff\xff"
                            "abc",
                            1, "b"),
               bad_input, HasSubstr("longer than"));
}

}  // namespace
}  // namespace atelier::provenance
