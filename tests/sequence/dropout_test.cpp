// SPDX-License-Identifier: Apache-2.0
#include "sequence/dropout.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace atelier::sequence {
namespace {

TEST(Dropout, LeavesOutItsShareAndKeepsTheMean) {
  const at::Tensor x = at::ones({4, 100, 64});
  const at::Tensor y = Dropout(0.3, 1, 0, 4, at::kCPU)(x, 2);
  EXPECT_NEAR(y.eq(0).to(at::kFloat).mean().item<double>(), 0.3, 0.01);
  EXPECT_NEAR(y.mean().item<double>(), 1, 0.02);
  EXPECT_NEAR(y.max().item<double>(), 1 / 0.7, 1e-4);
}

TEST(Dropout, NeighboursPlacesSamplesAndSeedsDifferAsCoinsDo) {
  const at::Tensor x = at::ones({2, 100, 64});
  const auto mask = [&](std::uint64_t seed, std::int64_t first, int place) {
    return Dropout(0.5, seed, first, 2, at::kCPU)(x, place).gt(0);
  };
  const at::Tensor one = mask(1, 0, 0);
  const auto alike = [](const at::Tensor& a, const at::Tensor& b) {
    return a.eq(b).to(at::kFloat).mean().item<double>();
  };
  EXPECT_EQ(alike(one, mask(1, 0, 0)), 1);
  EXPECT_NEAR(alike(one, mask(1, 0, 1)), 0.5, 0.02);
  EXPECT_NEAR(alike(one, mask(2, 0, 0)), 0.5, 0.02);
  EXPECT_NEAR(alike(one, mask(1, 2, 0)), 0.5, 0.02);
  EXPECT_NEAR(alike(one[0], one[1]), 0.5, 0.02);
  EXPECT_NEAR(alike(one.narrow(2, 0, 63), one.narrow(2, 1, 63)), 0.5, 0.02);
  EXPECT_NEAR(alike(one.narrow(1, 0, 99), one.narrow(1, 1, 99)), 0.5, 0.02);
}

TEST(Dropout, OfNothingLeavesAllAsItIs) {
  const at::Tensor x = at::ones({1, 2, 4});
  EXPECT_TRUE(Dropout()(x, 0).is_same(x));
  EXPECT_TRUE(Dropout(0, 1, 0, 1, at::kCPU)(x, 0).is_same(x));
}

}  // namespace
}  // namespace atelier::sequence
