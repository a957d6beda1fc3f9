// SPDX-License-Identifier: Apache-2.0
#include "train/sample_order.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "atelier/base/error.hpp"

namespace atelier::train {
namespace {

std::vector<std::uint64_t> epoch(SampleOrder& order, std::uint64_t number, std::uint64_t count) {
  std::vector<std::uint64_t> seen;
  for (std::uint64_t i = 0; i < count; ++i) seen.push_back(order.at(number * count + i));
  return seen;
}

TEST(SampleOrder, SeesEverySampleOnceAnEpoch) {
  std::vector<std::uint64_t> all(37);
  std::iota(all.begin(), all.end(), 0U);
  SampleOrder order(37, 5, "x");
  for (std::uint64_t number = 0; number < 3; ++number) {
    EXPECT_THAT(epoch(order, number, 37), testing::UnorderedElementsAreArray(all));
  }
  EXPECT_NE(epoch(order, 0, 37), epoch(order, 1, 37));
}

TEST(SampleOrder, DependsOnSeedNameAndPositionAlone) {
  SampleOrder one(37, 5, "x"), other(37, 5, "x"), seed(37, 6, "x"), name(37, 5, "y");
  const auto backwards_first = one.at(80);
  static_cast<void>(one.at(3));
  EXPECT_EQ(one.at(80), backwards_first);
  EXPECT_EQ(other.at(80), backwards_first);
  EXPECT_NE(epoch(one, 0, 37), epoch(seed, 0, 37));
  EXPECT_NE(epoch(one, 0, 37), epoch(name, 0, 37));
}

TEST(SampleOrder, StaysAsItIs) {
  SampleOrder order(8, 1, "pinned");
  EXPECT_THAT(epoch(order, 0, 8), testing::ElementsAre(4, 3, 6, 0, 2, 5, 1, 7));
}

TEST(SampleOrder, RefusesNothing) {
  EXPECT_THROW(SampleOrder(0, 1, "x"), Error);
}

}  // namespace
}  // namespace atelier::train
