// SPDX-License-Identifier: Apache-2.0
#include "style/losses/statistics.hpp"

#include <gtest/gtest.h>

#include "small_net.hpp"
#include "tensor/activations.hpp"
#include "tensor/parallel.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

constexpr auto last = at::MemoryFormat::ChannelsLast;

at::Tensor activations(std::uint64_t seed, int channels, int height, int width) {
  return random_tensor({1, channels, height, width}, seed).relu();
}

/// `values` as float in memory that kernels take.
at::Tensor for_kernels(const at::Tensor& values) {
  const auto channels = values.size(1);
  const auto stride = static_cast<std::int64_t>(tensor::padded(static_cast<std::size_t>(channels)));
  const at::Tensor memory = at::empty({1, stride, values.size(2), values.size(3)}, at::kFloat, last)
                                .zero_()
                                .narrow(1, 0, channels);
  memory.copy_(values);
  return memory;
}

void expect_near(const Moments& ours, const Moments& exact, double tolerance) {
  EXPECT_EQ(ours.positions, exact.positions);
  EXPECT_EQ(ours.mean.scalar_type(), at::kDouble);
  EXPECT_EQ(ours.covariance.scalar_type(), at::kDouble);
  EXPECT_LE(relative_error(ours.mean, exact.mean), tolerance);
  EXPECT_LE(relative_error(ours.covariance, exact.covariance), tolerance);
}

/// Moments as they are written down.
Moments textbook(const at::Tensor& features) {
  const at::Tensor f = features.to(at::kDouble).reshape({features.size(1), -1});
  const at::Tensor mean = f.mean(1), off = f - mean.unsqueeze(1);
  const auto count = static_cast<double>(f.size(1));
  return {mean, off.mm(off.t()) / count, count};
}

TEST(Statistics, GramOfConstantsIsTheirProduct) {
  const at::Tensor f = at::stack({at::full({3, 7}, 2.0), at::full({3, 7}, -5.0)}).unsqueeze(0);
  const at::Tensor expected = at::tensor({4.0, -10.0, -10.0, 25.0}, at::kDouble).reshape({2, 2});
  EXPECT_TRUE(at::allclose(gram_matrix(moments(f)), expected));
}

TEST(Statistics, GramIsTheMeanOfProducts) {
  const at::Tensor f = activations(1, 5, 4, 6), flat = f.reshape({5, 24});
  EXPECT_TRUE(at::allclose(gram_matrix(moments(f)), flat.mm(flat.t()) / 24));
}

TEST(Statistics, MomentsOfTwoValues) {
  const at::Tensor f = at::tensor({1.0, 3.0, 10.0, 14.0}, at::kDouble).reshape({1, 2, 1, 2});
  const Moments m = moments(f);
  EXPECT_EQ(m.positions, 2);
  EXPECT_TRUE(at::allclose(m.mean, at::tensor({2.0, 12.0}, at::kDouble)));
  EXPECT_TRUE(
      at::allclose(m.covariance, at::tensor({1.0, 2.0, 2.0, 4.0}, at::kDouble).reshape({2, 2})));
}

TEST(Statistics, AreThoseOfTheTextbookInEveryLayoutAndType) {
  for (const int channels : {1, 5, 16, 20, 48}) {
    for (const auto& [height, width] : {std::pair{1, 1}, {1, 9}, {9, 1}, {13, 22}}) {
      SCOPED_TRACE(testing::Message() << channels << " channels, " << height << " x " << width);
      // Shifted, so that a single position has a mean.
      const at::Tensor f =
          (activations(3, channels, height, width) + 0.1).to(at::kFloat).to(at::kDouble);
      const Moments exact = textbook(f);
      const bool one = height * width == 1;
      for (const at::Tensor& same : {f, f.contiguous(last)}) {
        expect_near(moments(same), exact, one ? 1e-300 : 1e-12);
        expect_near(moments(same.to(at::kFloat)), exact, 2e-6);
      }
      ASSERT_TRUE(tensor::as_activations(for_kernels(f)).has_value());
      expect_near(moments(for_kernels(f)), exact, 2e-6);
    }
  }
}

TEST(Statistics, TheWholeIsTheSumOfRegions) {
  const std::vector<Region> regions{{0, 0, 7, 30}, {7, 0, 20, 11}, {7, 11, 9, 30}, {9, 11, 20, 30},
                                    {3, 4, 3, 9},  {5, 8, 9, 8}};  // the last two are empty
  for (const int channels : {5, 16, 33}) {
    const at::Tensor f = activations(4, channels, 20, 30);
    for (const at::Tensor& features : {f, f.contiguous(last), f.to(at::kFloat), for_kernels(f)}) {
      const bool exact = features.scalar_type() == at::kDouble;
      for (const at::Tensor& near : {at::Tensor(), f.mean({0, 2, 3}), at::zeros({channels})}) {
        MomentSums sums(near);
        for (const Region& region : regions) sums.add(features, region);
        expect_near(sums.moments(), moments(features), exact ? 1e-13 : 2e-6);
      }
    }
  }
}

/// Weighted moments as they are written down.
Moments textbook(const at::Tensor& features, const at::Tensor& weights) {
  const at::Tensor f = features.to(at::kDouble).reshape({features.size(1), -1});
  const at::Tensor w = weights.to(at::kDouble).reshape({1, -1});
  const double count = w.sum().item<double>();
  const at::Tensor mean = (f * w).sum(1) / count, off = f - mean.unsqueeze(1);
  return {mean, (off * w).mm(off.t()) / count, count};
}

TEST(Statistics, OfWeightedPositionsAreThoseOfTheTextbook) {
  const std::vector<Region> regions{{0, 0, 7, 30}, {7, 0, 20, 11}, {7, 11, 20, 30}};
  const at::Tensor weights = random_tensor({1, 1, 20, 30}, 9).clamp_(0, 1).to(at::kFloat);
  for (const int channels : {5, 16, 33}) {
    const at::Tensor f = activations(10, channels, 20, 30);
    const Moments exact = textbook(f.to(at::kFloat), weights);
    for (const at::Tensor& features :
         {f.to(at::kFloat).to(at::kDouble), f.to(at::kFloat).contiguous(last), for_kernels(f)}) {
      MomentSums sums;
      for (const Region& region : regions) sums.add(features, region, part_of(weights, region));
      const double limit = features.scalar_type() == at::kDouble ? 1e-13 : 2e-6;
      EXPECT_NEAR(sums.positions() / exact.positions, 1, 1e-7);
      const Moments ours = sums.moments();
      EXPECT_LE(relative_error(ours.mean, exact.mean), limit);
      EXPECT_LE(relative_error(ours.covariance, exact.covariance), limit);
    }
  }
}

/// Some of a picture's pieces may lie in memory that kernels take and others not.
TEST(Statistics, PiecesMayLieDifferentlyInMemory) {
  const at::Tensor f = activations(5, 16, 12, 18).to(at::kFloat);
  MomentSums sums(f.mean({0, 2, 3}) + 0.1);
  sums.add(f, {0, 0, 5, 18});
  sums.add(for_kernels(f), {5, 0, 12, 9});
  sums.add(f, {5, 9, 12, 18});
  expect_near(sums.moments(), textbook(f), 2e-6);
}

TEST(Statistics, TheFirstPositionsOfARegionAreThoseOfItsPart) {
  const at::Tensor f = activations(6, 7, 9, 11);
  const Region region{2, 3, 8, 10};
  const at::Tensor part = f.narrow(2, 2, 6).narrow(3, 3, 7);
  MomentSums sums;
  sums.add(f, region);
  expect_near(sums.moments(), textbook(part.contiguous()), 1e-13);
  EXPECT_TRUE(at::equal(positions(f, region), part.reshape({7, 42})));
  EXPECT_TRUE(at::equal(positions(f.contiguous(last), region), part.reshape({7, 42})));
}

/// Means of a thousand deviations, which uncentred float sums would drown the covariance in.
TEST(Statistics, LargeMeansDoNotDrownTheCovariance) {
  const at::Tensor f = (random_tensor({1, 20, 40, 50}, 7) + 1000).to(at::kFloat).to(at::kDouble);
  const Moments exact = textbook(f);
  expect_near(moments(f), exact, 1e-11);
  expect_near(moments(f.to(at::kFloat)), exact, 3e-6);
  expect_near(moments(for_kernels(f)), exact, 3e-6);
  MomentSums in_parts;
  for (const Region& region : {Region{0, 0, 1, 1}, {0, 1, 1, 50}, {1, 0, 40, 50}}) {
    in_parts.add(for_kernels(f), region);
  }
  expect_near(in_parts.moments(), exact, 3e-6);
}

TEST(Statistics, AreTheSameForEveryNumberOfThreads) {
  const at::Tensor f = for_kernels(activations(8, 40, 37, 53));
  tensor::set_worker_count(1);
  const Moments first = moments(f);
  for (const int threads : {2, 5}) {
    tensor::set_worker_count(threads);
    const Moments again = moments(f);
    EXPECT_TRUE(at::equal(again.mean, first.mean));
    EXPECT_TRUE(at::equal(again.covariance, first.covariance));
  }
  tensor::set_worker_count(1);
}

}  // namespace
}  // namespace atelier::style
