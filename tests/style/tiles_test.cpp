// SPDX-License-Identifier: Apache-2.0
#include "style/tiles.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <string>
#include <vector>

namespace atelier::style {
namespace {

const std::vector<int> lengths{16, 17, 31,  32,  33,  48,  63,  64,
                               65, 77, 100, 127, 128, 150, 199, 200};
const std::vector<int> edges{0, 1, 8, 16, 24, 37, 64, 128, 256};
const std::vector<int> strides{1, 2, 4, 8, 16};

/// What convolutions up to the first of each block reach, as in VGG-19.
int reach_of(int stride) {
  constexpr int reach[] = {1, 4, 12, 44, 108};
  return reach[std::countr_zero(static_cast<unsigned>(stride))];
}

std::string told(image::Size picture, int edge, int stride) {
  return std::to_string(picture.width) + " x " + std::to_string(picture.height) + ", tiles of " +
         std::to_string(edge) + ", stride " + std::to_string(stride);
}

/// Calls `check` for pictures of all pairs of lengths, all edges and strides.
void sweep(const std::function<void(image::Size, int edge, int stride)>& check) {
  for (const int height : lengths) {
    for (const int width : lengths) {
      for (const int edge : edges) {
        for (const int stride : strides) check({width, height}, edge, stride);
      }
    }
  }
}

/// How often each position of a grid was counted.
class Counts {
 public:
  explicit Counts(image::Size size)
      : size_(size),
        counts_(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height)) {}

  void add(const Region& r) {
    ASSERT_LE(0, std::min(r.top, r.left));
    ASSERT_LE(r.bottom, size_.height);
    ASSERT_LE(r.right, size_.width);
    for (int y = r.top; y < r.bottom; ++y) {
      for (int x = r.left; x < r.right; ++x)
        ++counts_[static_cast<std::size_t>(y * size_.width + x)];
    }
  }
  [[nodiscard]] bool all_once() const {
    return std::all_of(counts_.begin(), counts_.end(), [](int count) { return count == 1; });
  }

 private:
  image::Size size_;
  std::vector<int> counts_;
};

TEST(Tiles, CoresCoverEveryPixelOnce) {
  sweep([](image::Size picture, int edge, int stride) {
    SCOPED_TRACE(told(picture, edge, stride));
    Counts counts(picture);
    for (const Tile& tile : plan_tiles(picture, edge, stride, reach_of(stride))) {
      EXPECT_GT(tile.core.positions(), 0U);
      counts.add(tile.core);
    }
    ASSERT_TRUE(counts.all_once());
  });
}

TEST(Tiles, PatchesReachAsFarAsNeededWithinThePicture) {
  sweep([](image::Size picture, int edge, int stride) {
    SCOPED_TRACE(told(picture, edge, stride));
    const int reach = reach_of(stride);
    for (const auto& [core, patch] : plan_tiles(picture, edge, stride, reach)) {
      ASSERT_EQ(core.top % stride, 0);
      ASSERT_EQ(core.left % stride, 0);
      ASSERT_EQ(patch.top % stride, 0);
      ASSERT_EQ(patch.left % stride, 0);
      ASSERT_GE(patch.top, 0);
      ASSERT_GE(patch.left, 0);
      ASSERT_LE(patch.bottom, picture.height);
      ASSERT_LE(patch.right, picture.width);
      ASSERT_LE(patch.top, std::max(0, core.top - reach));
      ASSERT_LE(patch.left, std::max(0, core.left - reach));
      ASSERT_GE(patch.bottom, std::min(picture.height, core.bottom + reach));
      ASSERT_GE(patch.right, std::min(picture.width, core.right + reach));
      // No more than the grid asks for.
      ASSERT_GT(patch.top, core.top - reach - stride);
      ASSERT_LT(patch.right, core.right + reach + stride);
    }
  });
}

TEST(Tiles, AreAsLargeAsAskedForButForTheGrid) {
  sweep([](image::Size picture, int edge, int stride) {
    const auto tiles = plan_tiles(picture, edge, stride, reach_of(stride));
    const bool one = edge == 0 || (picture.width <= edge && picture.height <= edge);
    if (one) {
      ASSERT_EQ(tiles.size(), 1U) << told(picture, edge, stride);
    }
    if (edge == 0) return;
    for (const Tile& tile : tiles) {
      ASSERT_LT(tile.core.right - tile.core.left, edge + stride) << told(picture, edge, stride);
      ASSERT_LT(tile.core.bottom - tile.core.top, edge + stride) << told(picture, edge, stride);
    }
  });
}

/// Poolings leave out what is odd: a layer is as long as the picture over its stride, rounded down.
TEST(Tiles, EveryPositionOfEveryLayerIsInOneCore) {
  sweep([](image::Size picture, int edge, int stride) {
    const auto tiles = plan_tiles(picture, edge, stride, reach_of(stride));
    for (int layer = 1; layer <= stride; layer *= 2) {
      SCOPED_TRACE(told(picture, edge, stride) + ", layer of " + std::to_string(layer));
      Counts counts({picture.width / layer, picture.height / layer});
      for (const Tile& tile : tiles) {
        const int height = (tile.patch.bottom - tile.patch.top) / layer,
                  width = (tile.patch.right - tile.patch.left) / layer;
        const Region in_patch = core_of_layer(tile, picture, layer, height, width);
        ASSERT_LE(0, std::min(in_patch.top, in_patch.left));
        ASSERT_LE(in_patch.top, in_patch.bottom);
        ASSERT_LE(in_patch.left, in_patch.right);
        ASSERT_LE(in_patch.bottom, height);
        ASSERT_LE(in_patch.right, width);
        const int down = tile.patch.top / layer, right = tile.patch.left / layer;
        counts.add({in_patch.top + down, in_patch.left + right, in_patch.bottom + down,
                    in_patch.right + right});
      }
      ASSERT_TRUE(counts.all_once());
    }
  });
}

}  // namespace
}  // namespace atelier::style
