// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/latent.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "atelier/base/error.hpp"

namespace atelier::gan {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::FloatNear;

const Latent ones{2, 2, {1, 1, 1, 1}}, counted{2, 2, {1, 2, 3, 4}}, other{1, 4, {0, 0, 0, 0}};

TEST(Mixed, LiesBetweenParentsByWeightAndIsAsLongAsTheyAre) {
  const Latent right{2, 2, {2, 0, 1, 0}}, up{2, 2, {0, 2, 0, 3}};
  const double half = std::sqrt(0.5);  // at 45 degrees, 2 long; then 3 to 1, 2 long
  EXPECT_THAT(
      mixed({{right, 1}, {up, 1}}).values,
      ElementsAre(FloatNear(2 * half, 1e-6), FloatNear(2 * half, 1e-6),
                  FloatNear(2 * std::sqrt(0.1), 1e-6), FloatNear(6 * std::sqrt(0.1), 1e-6)));
  const auto mostly_right = mixed({{right, 3}, {up, 1}}).values;
  EXPECT_NEAR(mostly_right[1] / mostly_right[0], 1.0 / 3, 1e-6);
  EXPECT_THAT(mixed({{counted, 5}}).values, ElementsAre(FloatNear(1, 1e-6), FloatNear(2, 1e-6),
                                                        FloatNear(3, 1e-6), FloatNear(4, 1e-6)));
  const Latent left{2, 2, {-2, 0, -1, 0}};
  EXPECT_THAT(mixed({{right, 1}, {left, 1}}).values, Each(0));
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
