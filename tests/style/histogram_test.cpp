// SPDX-License-Identifier: Apache-2.0
#include "style/losses/histogram.hpp"

#include <gtest/gtest.h>

#include "small_net.hpp"
#include "tensor/parallel.hpp"

namespace atelier::style {
namespace {

Histogram counted(const at::Tensor& features, double limit, const at::Tensor& weights = {}) {
  Histogram result(std::vector<double>(static_cast<std::size_t>(features.size(1)), limit));
  result.add(features, whole(features), weights);
  return result;
}

at::Tensor uniform(at::IntArrayRef shape, std::uint64_t seed) {
  return random_tensor(shape, seed).abs().clamp_max(2.9);
}

TEST(Histogram, CountsValuesUpToABinsMiddle) {
  // 127 px of limit 127: bin k stands at k.
  const at::Tensor f = at::tensor({0.0, 3.0, 3.5, 500.0}, at::kDouble).view({1, 1, 2, 2});
  const std::vector<double> shares = counted(f, Histogram::bins - 1).cumulative();
  EXPECT_NEAR(shares[0], 0.25, 1e-12);
  EXPECT_NEAR(shares[2], 0.25, 1e-12);
  EXPECT_NEAR(shares[3], 0.625, 1e-12);  // half of 3.5 counts here
  EXPECT_NEAR(shares[4], 0.75, 1e-12);
  EXPECT_NEAR(shares[Histogram::bins - 2], 0.75, 1e-12);
  EXPECT_NEAR(shares[Histogram::bins - 1], 1, 1e-12);
}

TEST(Histogram, AddsUpPieceByPieceAndByWeight) {
  const at::Tensor f = uniform({1, 3, 6, 5}, 1);
  Histogram pieces({3, 3, 3});
  pieces.add(f, {0, 0, 6, 2});
  pieces.add(f, {0, 2, 6, 5});
  EXPECT_EQ(pieces.positions(), 30);
  const std::vector<double> whole_one = counted(f, 3).cumulative(), sum = pieces.cumulative();
  for (std::size_t i = 0; i < sum.size(); ++i) EXPECT_NEAR(sum[i], whole_one[i], 1e-12);

  at::Tensor weights = at::zeros({1, 1, 6, 5}, at::kDouble);
  weights.narrow(3, 0, 2).fill_(0.5);
  const std::vector<double> weighted = counted(f, 3, weights).cumulative(),
                            part = counted(f.narrow(3, 0, 2), 3).cumulative();
  for (std::size_t i = 0; i < part.size(); ++i) EXPECT_NEAR(weighted[i], part[i], 1e-12);
}

TEST(Histogram, IsTheSameForEveryTypeLayoutAndNumberOfThreads) {
  const at::Tensor f = uniform({1, 37, 9, 8}, 1);
  const std::vector<double> plain = counted(f, 3).cumulative();
  for (const int threads : {1, 3}) {
    tensor::set_worker_count(threads);
    const at::Tensor last = f.contiguous(at::MemoryFormat::ChannelsLast);
    EXPECT_EQ(counted(last, 3).cumulative(), plain);
    const std::vector<double> floats = counted(f.to(at::kFloat), 3).cumulative();
    for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_NEAR(floats[i], plain[i], 1e-5);
  }
  tensor::set_worker_count(1);
}

TEST(HistogramLoss, VanishesForTheSameValuesInOtherPlaces) {
  const at::Tensor f = uniform({1, 3, 8, 8}, 1);
  const HistogramLoss loss(counted(f, 3));
  EXPECT_NEAR(loss(counted(f.flip({2, 3}), 3)).value, 0, 1e-15);
  EXPECT_GT(loss(counted(f * 0.5, 3)).value, 0.02);
}

/// All of one half at 0 and of the other at 1, against all at 0: F - S is 1/2 from 0 to 1, and so
/// is the style's own S (1 - S) = 1/4.
TEST(HistogramLoss, OfTwoValuesAgainstOneIsOne) {
  const at::Tensor halves = at::tensor({0.0, 1.0}, at::kDouble).view({1, 1, 1, 2});
  const HistogramLoss loss(counted(halves, Histogram::bins - 1));
  EXPECT_NEAR(loss(counted(halves * 0, Histogram::bins - 1)).value, 1, 1e-12);
}

TEST(HistogramLoss, DerivativesPassCentralDifferences) {
  const at::Tensor f = uniform({1, 3, 5, 4}, 1), weights = uniform({1, 1, 5, 4}, 4);
  const HistogramLoss loss(counted(uniform({1, 3, 7, 7}, 2), 3));
  for (const at::Tensor& by : {at::Tensor(), weights}) {
    const Histogram seen = counted(f, 3, by);
    at::Tensor gradient = at::zeros_like(f);
    HistogramLoss::add_gradient(f, whole(f), seen.limits(), loss(seen).slopes, 1 / seen.positions(),
                                by, gradient);
    const auto value = [&](const at::Tensor& at) { return loss(counted(at, 3, by)).value; };
    EXPECT_LT(gradient_error(value, f, gradient, 1e-7), 1e-5);
  }
}

}  // namespace
}  // namespace atelier::style
