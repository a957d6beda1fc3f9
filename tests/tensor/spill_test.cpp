// SPDX-License-Identifier: Apache-2.0
#include "tensor/spill.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "tensor/vectors.hpp"

namespace atelier::tensor {
namespace {

/// A picture that spills and whose rows do not divide evenly into strips.
constexpr std::int64_t height = 1501, width = 1999;

at::Tensor spilled_waves(double length) {
  at::Tensor x = spillable_zeros({1, 3, height, width}, at::kFloat);
  x.copy_(at::arange(width).div(length).sin() + at::arange(height).div(length).cos().unsqueeze(1) +
          at::arange(3).view({1, 3, 1, 1}));
  return x;
}

TEST(Spill, TakesWhatIsLargeAndNothingElse) {
  EXPECT_FALSE(is_spilled(at::Tensor()));
  for (const auto& [edge, spills] : {std::pair{1672, false}, {1673, true}}) {
    const at::Tensor x = spillable_zeros({1, 3, edge, edge}, at::kFloat);
    EXPECT_EQ(is_spilled(x), spills);
    EXPECT_EQ(is_spilled(x.narrow(2, 3, 5)), spills);
    EXPECT_TRUE(x.is_contiguous(at::MemoryFormat::ChannelsLast));
    EXPECT_TRUE(at::equal(x, at::zeros_like(x)));
    const auto bytes = static_cast<double>(x.numel()) * 4;
    EXPECT_EQ(spillable_bytes(bytes).memory, spills ? 0 : bytes);
    EXPECT_EQ(spillable_bytes(bytes).disk, spills ? bytes : 0);
  }
}

TEST(Spill, WhatIsLetGoOfStays) {
  const at::Tensor x = spilled_waves(7), copy = x.clone();
  ASSERT_TRUE(is_spilled(x));
  ASSERT_FALSE(is_spilled(copy));
  for (const at::Tensor& t : {x, x.narrow(2, 100, 3).narrow(3, 50, 60), x.narrow(2, 7, 0)}) {
    let_go(t);
    EXPECT_TRUE(at::equal(x, copy));
  }
  let_go(copy);
  EXPECT_TRUE(at::equal(x, copy));
  let_go(at::Tensor());
}

TEST(Spill, StripsAreEveryRowOnce) {
  const at::Tensor a = spilled_waves(7), b = spilled_waves(11);
  const at::Tensor sum = spillable_zeros(a.sizes(), a.options());
  by_strips(
      [](const at::Tensor& to, const at::Tensor& x, const at::Tensor& y) { to.add_(x).add_(y); },
      sum, a, b);
  EXPECT_TRUE(at::equal(sum, a + b));

  const at::Tensor one_row = at::ones({1, 3, 1, 200000});
  by_strips([](const at::Tensor& strip) { strip.add_(1); }, one_row);
  EXPECT_TRUE(at::equal(one_row, at::full_like(one_row, 2)));
}

TEST(Spill, VectorsAreWalkedAsTheyAreInMemory) {
  const at::Tensor a = spilled_waves(7), b = spilled_waves(11);
  const std::vector<at::Tensor> vectors{a, b};
  const std::vector<double> products = inner_products(vectors, b);
  EXPECT_NEAR(products[0] / (a * b).sum(at::kDouble).item<double>(), 1, 1e-6);
  EXPECT_NEAR(products[1] / (b * b).sum(at::kDouble).item<double>(), 1, 1e-6);
  const at::Tensor to = spilled_waves(13), want = to + 0.5 * a - 2 * b;
  add_combination(vectors, std::vector{0.5, -2.0}, to);
  EXPECT_LT((to - want).abs().max().item<double>(), 1e-5);
}

}  // namespace
}  // namespace atelier::tensor
