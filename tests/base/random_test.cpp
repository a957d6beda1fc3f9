// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace atelier {
namespace {

constexpr int many = 200'000;

/// Mean and central moments of `n` draws.
struct Moments {
  double mean = 0, variance = 0, skewness = 0, kurtosis = 0;
};

template <class Draw>
Moments moments(int n, Draw draw) {
  std::vector<double> values(static_cast<std::size_t>(n));
  for (double& value : values) value = draw();
  Moments m;
  for (const double value : values) m.mean += value / n;
  double third = 0, fourth = 0;
  for (const double value : values) {
    const double d = value - m.mean;
    m.variance += d * d / n;
    third += d * d * d / n;
    fourth += d * d * d * d / n;
  }
  m.skewness = third / std::pow(m.variance, 1.5);
  m.kurtosis = fourth / (m.variance * m.variance);
  return m;
}

double correlation(RandomStream a, RandomStream b) {
  double sum = 0;
  for (int i = 0; i < many; ++i) sum += (a.uniform() - 0.5) * (b.uniform() - 0.5);
  return sum / many * 12;
}

// Pictures are repeated by their seed: these numbers never change. They were computed apart from
// this code.
TEST(RandomStream, IsPinned) {
  RandomStream a(0, "");
  RandomStream b(42, "init");
  EXPECT_EQ(a.next(), 0xe587d3dff9e92ed0ULL);
  EXPECT_EQ(a.next(), 0x274e5e9a4929b0bbULL);
  EXPECT_EQ(b.next(), 0xa318e29454646f2cULL);
  EXPECT_EQ(b.next(), 0x9d3a20c417464e1fULL);
  EXPECT_DOUBLE_EQ(b.uniform(), 0.8312546403089414);
  EXPECT_NEAR(b.normal(), 0.10960226174205397, 1e-12);
}

TEST(RandomStream, SameSeedAndNameGiveTheSameNumbers) {
  RandomStream a(7, "noise"), b(7, "noise");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(a.next(), b.next());
}

TEST(RandomStream, OtherSeedsAndNamesGiveOtherNumbers) {
  std::vector<std::uint64_t> first;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    for (const char* name : {"", "a", "b", "ab", "ba", "noise"}) {
      first.push_back(RandomStream(seed, name).next());
    }
  }
  std::sort(first.begin(), first.end());
  EXPECT_EQ(std::adjacent_find(first.begin(), first.end()), first.end());
}

// Of independent uniforms, the correlation of n draws has a deviation of 1 / sqrt(n); five of them
// are allowed.
TEST(RandomStream, StreamsAreIndependent) {
  const double limit = 5 / std::sqrt(static_cast<double>(many));
  EXPECT_LT(std::abs(correlation({1, "a"}, {1, "b"})), limit);
  EXPECT_LT(std::abs(correlation({1, "a"}, {2, "a"})), limit);
  EXPECT_LT(std::abs(correlation({0, "a"}, {1, "a"})), limit);
  RandomStream shifted(1, "a");
  shifted.next();
  EXPECT_LT(std::abs(correlation({1, "a"}, shifted)), limit);
}

TEST(RandomStream, UniformFillsItsRangeEvenly) {
  RandomStream stream(3, "uniform");
  std::array<int, 64> buckets{};
  for (int i = 0; i < many; ++i) {
    const double value = stream.uniform();
    ASSERT_GE(value, 0.0);
    ASSERT_LT(value, 1.0);
    ++buckets[static_cast<std::size_t>(value * 64)];
  }
  double chi_squared = 0;
  for (const int count : buckets) chi_squared += std::pow(count - many / 64.0, 2) / (many / 64.0);
  EXPECT_LT(chi_squared, 63 + 5 * std::sqrt(2 * 63.0));
}

TEST(RandomStream, UniformHasTheMomentsOfItsDistribution) {
  RandomStream stream(4, "uniform");
  const Moments m = moments(many, [&] { return stream.uniform(); });
  EXPECT_NEAR(m.mean, 0.5, 5 * std::sqrt(1.0 / 12 / many));
  EXPECT_NEAR(m.variance, 1.0 / 12, 0.001);
  EXPECT_NEAR(m.skewness, 0, 0.02);
  EXPECT_NEAR(m.kurtosis, 1.8, 0.02);
}

TEST(RandomStream, NormalHasTheMomentsOfItsDistribution) {
  RandomStream stream(5, "normal");
  const Moments m = moments(many, [&] { return stream.normal(); });
  EXPECT_NEAR(m.mean, 0, 5 / std::sqrt(static_cast<double>(many)));
  EXPECT_NEAR(m.variance, 1, 5 * std::sqrt(2.0 / many));
  EXPECT_NEAR(m.skewness, 0, 5 * std::sqrt(6.0 / many));
  EXPECT_NEAR(m.kurtosis, 3, 5 * std::sqrt(24.0 / many));
}

TEST(RandomStream, NormalIsFiniteAndReachesItsTails) {
  RandomStream stream(6, "normal");
  double smallest = 0, largest = 0;
  for (int i = 0; i < many; ++i) {
    const double value = stream.normal();
    ASSERT_TRUE(std::isfinite(value));
    smallest = std::min(smallest, value);
    largest = std::max(largest, value);
  }
  EXPECT_LT(smallest, -3.5);
  EXPECT_GT(largest, 3.5);
}

}  // namespace
}  // namespace atelier
