// SPDX-License-Identifier: Apache-2.0
#include "appraise/spread.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace atelier::appraise {
namespace {

/// 12 x 16 places; a thing in columns 4 to 11 and rows 2 to 8, as 1 and 0.
at::Tensor a_thing() {
  at::Tensor map = at::zeros({12, 16});
  map.slice(0, 2, 9).slice(1, 4, 12).fill_(1);
  return map;
}

TEST(Spread, ASeedOnOnePartReachesAllThatLooksAlike) {
  const at::Tensor thing = a_thing();
  const at::Tensor layer = at::stack({thing, 1 - 2 * thing});
  at::Tensor seed = at::zeros({12, 16});
  seed.slice(0, 4, 7).slice(1, 5, 11).fill_(1);
  const at::Tensor map = spread({layer}, seed);
  EXPECT_GT(map.masked_select(thing > 0.5).min().item<float>(), 0.7);
  EXPECT_LT(map.masked_select(thing < 0.5).max().item<float>(), 0.3);
}

TEST(Spread, LayersCountAlikeWhateverTheirScale) {
  const at::Tensor thing = a_thing(), other = at::linspace(0, 1, 192).reshape({12, 16});
  const at::Tensor one = thing.unsqueeze(0), two = other.unsqueeze(0);
  const at::Tensor map = spread({one, two}, thing), scaled = spread({100 * one, two / 7}, thing);
  EXPECT_LT((map - scaled).abs().max().item<float>(), 1e-4);
}

TEST(Spread, StaysWithinItsRangeWhereNothingIsToBeLearned) {
  for (const double value : {0.0, 0.5, 1.0}) {
    const at::Tensor map = spread({at::ones({3, 5, 4})}, at::full({5, 4}, value));
    EXPECT_TRUE(at::isfinite(map).all().item<bool>());
    EXPECT_GE(map.min().item<float>(), 0);
    EXPECT_LE(map.max().item<float>(), 1);
  }
}

}  // namespace
}  // namespace atelier::appraise
