// SPDX-License-Identifier: Apache-2.0
#include "sequence/windows.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <numeric>
#include <set>
#include <vector>

#include "atelier/base/error.hpp"

namespace atelier::sequence {
namespace {

std::vector<Token> counting(std::size_t count) {
  std::vector<Token> tokens(count);
  std::iota(tokens.begin(), tokens.end(), Token{0});
  return tokens;
}

TEST(Windows, ShowEveryStretchOnceAnEpoch) {
  const auto tokens = counting(103);
  const Windows windows(tokens, 10, 3);
  std::set<std::int64_t> starts;
  for (int epoch = 0; epoch < 2; ++epoch) {
    std::set<std::int64_t> seen, places;
    for (const at::Tensor& row : windows.at(epoch * 9, 9).unbind()) {
      EXPECT_TRUE(at::equal(row, at::arange(11, at::kLong) + row[0]));
      seen.insert(row[0].item<std::int64_t>());
      places.insert(row[0].item<std::int64_t>() % 10);
    }
    EXPECT_EQ(seen.size(), 9U);
    EXPECT_EQ(places.size(), 1U);
    starts.merge(places);
  }
  EXPECT_EQ(starts.size(), 2U);  // another place of the text in another epoch, with this seed
}

TEST(Windows, AreTheSameHoweverABatchIsDivided) {
  const auto tokens = counting(500);
  const Windows windows(tokens, 10, 3), others(tokens, 10, 3);
  const at::Tensor whole = windows.at(40, 8);
  EXPECT_TRUE(at::equal(whole, at::cat({others.at(40, 4), others.at(44, 4)})));
  EXPECT_FALSE(at::equal(whole, Windows(tokens, 10, 4).at(40, 8)));
}

TEST(Windows, ReachBothEndsAndNotBeyond) {
  const auto tokens = counting(20);
  EXPECT_EQ(Windows(tokens, 10, 1).at(0, 3).size(0), 3);
  EXPECT_THROW(Windows(counting(19), 10, 1), Error);
  std::int64_t least = 100, most = 0;
  const Windows windows(tokens, 10, 1);
  for (std::int64_t i = 0; i < 200; ++i) {
    const at::Tensor row = windows.at(i, 1);
    least = std::min(least, row.min().item<std::int64_t>());
    most = std::max(most, row.max().item<std::int64_t>());
  }
  EXPECT_EQ(least, 0);
  EXPECT_EQ(most, 19);
}

TEST(EvenWindows, CoverAllOrAnEvenChoice) {
  const auto tokens = counting(103);
  const at::Tensor all = even_windows(tokens, 10, 1000);
  EXPECT_EQ(all.size(0), 10);
  EXPECT_TRUE(at::equal(all.select(1, 0), at::arange(10, at::kLong) * 10));
  const at::Tensor some = even_windows(tokens, 10, 35);
  EXPECT_TRUE(at::equal(some.select(1, 0), at::tensor({0, 30, 60}, at::kLong)));
  EXPECT_EQ(even_windows(counting(5), 10, 1000).size(1), 5);
  EXPECT_THROW(static_cast<void>(even_windows(counting(1), 10, 1000)), Error);
}

}  // namespace
}  // namespace atelier::sequence
