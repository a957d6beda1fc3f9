// SPDX-License-Identifier: Apache-2.0
#include "train/schedule.hpp"

#include <gtest/gtest.h>

namespace atelier::train {
namespace {

TEST(Schedule, RisesThenFallsAlongACosine) {
  const Schedule schedule{.rate = 2, .warm_up = 10, .steps = 110, .last = 0.1};
  EXPECT_DOUBLE_EQ(schedule.at(0), 0.2);
  EXPECT_DOUBLE_EQ(schedule.at(9), 2);
  EXPECT_DOUBLE_EQ(schedule.at(10), 2);
  EXPECT_DOUBLE_EQ(schedule.at(60), 1.1);  // half way between 2 and 0.2
  EXPECT_NEAR(schedule.at(110), 0.2, 1e-12);
  EXPECT_NEAR(schedule.at(5000), 0.2, 1e-12);
}

TEST(Schedule, NeedsNoWarmUp) {
  EXPECT_DOUBLE_EQ((Schedule{.rate = 3, .warm_up = 0, .steps = 1}.at(0)), 3);
}

}  // namespace
}  // namespace atelier::train
