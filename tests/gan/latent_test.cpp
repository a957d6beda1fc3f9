// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/latent.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::gan {
namespace {

using testing::ElementsAre;

const Latent ones{2, 2, {1, 1, 1, 1}}, counted{2, 2, {1, 2, 3, 4}}, other{1, 4, {0, 0, 0, 0}};

TEST(Mixed, IsTheMeanByWeight) {
  EXPECT_THAT(mixed({{ones, 1}, {counted, 3}}).values, ElementsAre(1, 1.75, 2.5, 3.25));
  EXPECT_THAT(mixed({{counted, 5}}).values, ElementsAre(1, 2, 3, 4));
}

TEST(Mixed, RefusesWhatCannotBeMixed) {
  EXPECT_THROW(static_cast<void>(mixed({})), Error);
  EXPECT_THROW(static_cast<void>(mixed({{ones, 0}})), Error);
  EXPECT_THROW(static_cast<void>(mixed({{ones, 2}, {counted, -1}})), Error);
  EXPECT_THROW(static_cast<void>(mixed({{ones, 1}, {other, 1}})), Error);
}

TEST(Crossed, TakesFineLevelsFromTheSecond) {
  EXPECT_THAT(crossed(ones, counted, 1).values, ElementsAre(1, 1, 3, 4));
  EXPECT_THAT(crossed(ones, counted, 0).values, ElementsAre(1, 2, 3, 4));
  EXPECT_THAT(crossed(ones, counted, 9).values, ElementsAre(1, 1, 1, 1));
}

TEST(Moved, GoesAlongADirectionAtSomeLevels) {
  EXPECT_THAT(moved(ones, {{1, -1}}, 2, 1, 5).values, ElementsAre(1, 1, 3, -1));
  EXPECT_THROW(static_cast<void>(moved(ones, {{1}}, 2, 0, 1)), Error);
}

}  // namespace
}  // namespace atelier::gan
