// SPDX-License-Identifier: Apache-2.0
#include "fast/grain.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace atelier::fast {
namespace {

const Architecture own;

at::Tensor grain_at(std::int64_t height, std::int64_t width, Place place) {
  return with_grain(own, at::zeros({1, 3, height, width}), {place}).narrow(1, 3, own.grain);
}

TEST(Grain, StandsBehindThePhotograph) {
  const at::Tensor photo = at::rand({2, 3, 16, 24});
  const at::Tensor seen = with_grain(own, photo, {Place{}, Place{5, 3}});
  ASSERT_EQ(seen.sizes(), (std::vector<std::int64_t>{2, 6, 16, 24}));
  EXPECT_TRUE(at::equal(seen.narrow(1, 0, 3), photo));
  EXPECT_TRUE(at::equal(seen.narrow(0, 1, 1).narrow(1, 3, 3), grain_at(16, 24, {5, 3})));
}

TEST(Grain, BelongsToThePlace) {
  const at::Tensor whole = grain_at(64, 80, {});
  EXPECT_TRUE(at::equal(whole.narrow(2, 8, 40).narrow(3, 24, 48), grain_at(40, 48, {8, 24})));
}

TEST(Grain, IsEvenAndWithoutTrend) {
  const at::Tensor grain = grain_at(512, 512, {1000, 70000});
  for (std::int64_t p = 0; p < own.grain; ++p) {
    const at::Tensor plane = grain[0][p];
    const double cells = 512.0 / grain_cells[p];
    EXPECT_NEAR(plane.mean().item<double>(), 0, 2.5 / cells) << p;
    EXPECT_NEAR(plane.square().mean().item<double>(), 1.0 / 3, 1.5 / cells) << p;
    EXPECT_LE(plane.abs().max().item<double>(), 1) << p;
  }
}

TEST(Grain, CellsAreAlikeWithinAndUnrelatedBeside) {
  const at::Tensor grain = grain_at(512, 512, {});
  for (std::int64_t p = 0; p < own.grain; ++p) {
    const std::int64_t cell = grain_cells[p], count = 512 / cell;
    const at::Tensor blocks = grain[0][p].view({count, cell, count, cell});
    EXPECT_TRUE(at::equal(blocks, blocks.narrow(1, 0, 1).narrow(3, 0, 1).expand_as(blocks))) << p;
    const at::Tensor values = blocks.select(3, 0).select(1, 0);
    for (const std::int64_t along : {0, 1}) {
      const at::Tensor product =
          values.narrow(along, 1, count - 1) * values.narrow(along, 0, count - 1);
      EXPECT_NEAR(product.mean().item<double>() * 3, 0, 4.0 / static_cast<double>(count)) << p;
    }
  }
}

TEST(Grain, FormsWithoutItSeeThePhotographAlone) {
  const at::Tensor photo = at::rand({1, 3, 16, 16});
  EXPECT_TRUE(with_grain(architecture_of("plain"), photo, {Place{}}).is_same(photo));
}

}  // namespace
}  // namespace atelier::fast
