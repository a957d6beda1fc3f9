// SPDX-License-Identifier: Apache-2.0
#include "train/prefetch.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>

namespace atelier::train {
namespace {

TEST(Prefetch, GivesEachItemInTurn) {
  Prefetch<std::int64_t> squares([](std::int64_t i) { return i * i; }, 3, 4);
  for (std::int64_t i = 0; i < 200; ++i) ASSERT_EQ(squares.take(i), i * i);
}

TEST(Prefetch, BeginsAnewElsewhere) {
  Prefetch<std::int64_t> squares([](std::int64_t i) { return i * i; }, 2, 4);
  EXPECT_EQ(squares.take(70), 4900);
  EXPECT_EQ(squares.take(71), 5041);
  EXPECT_EQ(squares.take(3), 9);
  EXPECT_EQ(squares.take(4), 16);
  EXPECT_EQ(squares.take(4), 16);
}

TEST(Prefetch, LooksNoFurtherAheadThanAsked) {
  std::atomic<std::int64_t> furthest{0};
  Prefetch<std::int64_t> items(
      [&](std::int64_t i) {
        for (std::int64_t seen = furthest; i > seen && !furthest.compare_exchange_weak(seen, i);) {
        }
        return i;
      },
      2, 5);
  for (std::int64_t i = 0; i < 50; ++i) {
    static_cast<void>(items.take(i));
    EXPECT_LE(furthest, i + 5);
  }
}

TEST(Prefetch, ThrowsWhatMakingThrew) {
  Prefetch<int> items(
      [](std::int64_t i) {
        if (i == 2) throw std::runtime_error("damaged");
        return 1;
      },
      2, 4);
  EXPECT_EQ(items.take(0), 1);
  EXPECT_EQ(items.take(1), 1);
  EXPECT_THROW(items.take(2), std::runtime_error);
  EXPECT_EQ(items.take(3), 1);
}

}  // namespace
}  // namespace atelier::train
