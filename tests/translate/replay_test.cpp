// SPDX-License-Identifier: Apache-2.0
#include "translate/replay.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

namespace atelier::translate {
namespace {

/// `count` pictures of one grey each: i / 255 from `first` on.
at::Tensor greys(int first, int count) {
  return (at::arange(first, first + count).to(at::kFloat) / 255)
      .view({count, 1, 1, 1})
      .expand({count, 3, 2, 2})
      .contiguous();
}

std::vector<int> levels(const at::Tensor& pictures) {
  std::vector<int> all;
  for (std::int64_t i = 0; i < pictures.size(0); ++i) {
    all.push_back(static_cast<int>(std::lround(255 * pictures[i].mean().item<double>())));
  }
  return all;
}

TEST(Replay, GivesBackWhatItTakesUntilItIsFull) {
  Replay replay(4, 1, "a");
  EXPECT_EQ(levels(replay.exchanged(greys(10, 4), 0)), (std::vector<int>{10, 11, 12, 13}));
}

TEST(Replay, ThenGivesEverySecondTimeOneOfThePast) {
  Replay replay(8, 1, "a");
  int old = 0;
  constexpr int rounds = 60;
  for (int i = 0; i < rounds; ++i) {
    const std::vector<int> given = levels(replay.exchanged(greys(4 * i, 4), 4 * i));
    for (int k = 0; k < 4; ++k) {
      EXPECT_LE(given[static_cast<std::size_t>(k)], 4 * i + k);
      old += given[static_cast<std::size_t>(k)] != 4 * i + k;
    }
  }
  EXPECT_NEAR(old, (4 * rounds - 8) / 2, 30);
}

TEST(Replay, OfNoneGivesBackWhatItTakes) {
  Replay replay(0, 1, "a");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(levels(replay.exchanged(greys(i, 1), i)), (std::vector<int>{i}));
  }
  EXPECT_FALSE(replay.state().defined());
}

TEST(Replay, GoesOnFromItsState) {
  Replay one(3, 1, "a");
  for (int i = 0; i < 6; ++i) static_cast<void>(one.exchanged(greys(i, 2), 2 * i));
  Replay other(3, 1, "a");
  other.restore(one.state());
  for (int i = 6; i < 12; ++i) {
    EXPECT_TRUE(at::equal(one.exchanged(greys(i, 2), 2 * i), other.exchanged(greys(i, 2), 2 * i)));
  }
}

}  // namespace
}  // namespace atelier::translate
