// SPDX-License-Identifier: Apache-2.0
#include "sequence/choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "atelier/base/error.hpp"

namespace atelier::sequence {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

constexpr float never = -std::numeric_limits<float>::infinity();
const std::vector<float> logits{std::log(0.1F), std::log(0.4F), std::log(0.3F), std::log(0.2F)};

ChoiceOptions at_temperature(double temperature) {
  ChoiceOptions options;
  options.temperature = temperature;
  options.top_p = 1;
  return options;
}

auto near(double value) {
  return DoubleNear(value, 1e-6);
}

TEST(Choice, AtTemperatureOneIsTheModels) {
  EXPECT_THAT(distribution(logits, at_temperature(1)),
              ElementsAre(near(0.1), near(0.4), near(0.3), near(0.2)));
}

TEST(Choice, TemperatureRaisesToItsInverse) {
  const double sum = 0.01 + 0.16 + 0.09 + 0.04;
  EXPECT_THAT(distribution(logits, at_temperature(0.5)),
              ElementsAre(near(0.01 / sum), near(0.16 / sum), near(0.09 / sum), near(0.04 / sum)));
  for (const double chance : distribution(logits, at_temperature(10))) {
    EXPECT_NEAR(chance, 0.25, 0.04);
  }
}

TEST(Choice, TheColdestAndTheNarrowestTakeTheLikeliest) {
  ChoiceOptions one = at_temperature(1), least = at_temperature(1);
  one.top_k = 1;
  least.top_p = 0.001;
  for (const ChoiceOptions& options : {at_temperature(0), at_temperature(0.001), one, least}) {
    EXPECT_THAT(distribution(logits, options), ElementsAre(near(0), near(1), near(0), near(0)));
  }
  EXPECT_THAT(distribution(std::vector<float>{2, 2, 1}, at_temperature(0)), ElementsAre(1, 0, 0));
}

TEST(Choice, TopKKeepsTheLikeliest) {
  ChoiceOptions options = at_temperature(1);
  options.top_k = 2;
  EXPECT_THAT(distribution(logits, options),
              ElementsAre(near(0), near(0.4 / 0.7), near(0.3 / 0.7), near(0)));
}

TEST(Choice, TopPKeepsWhatReachesTheSum) {
  ChoiceOptions options = at_temperature(1);
  options.top_p = 0.65;
  EXPECT_THAT(distribution(logits, options),
              ElementsAre(near(0), near(0.4 / 0.7), near(0.3 / 0.7), near(0)));
  options.top_p = 0.75;
  EXPECT_THAT(distribution(logits, options),
              ElementsAre(near(0), near(0.4 / 0.9), near(0.3 / 0.9), near(0.2 / 0.9)));
}

TEST(Choice, WhatIsForbiddenIsNeverTaken) {
  EXPECT_THAT(distribution(std::vector<float>{never, 0, 0}, at_temperature(1)),
              ElementsAre(0, near(0.5), near(0.5)));
  EXPECT_THROW(static_cast<void>(distribution(std::vector<float>{never, never}, at_temperature(1))),
               Error);
}

TEST(Choice, DiscouragesWhatWasWritten) {
  std::vector<float> some{2, -2, 3, 0};
  discourage(std::vector<Token>{0, 1, 1, 0}, 2, some);
  EXPECT_THAT(some, ElementsAre(1, -4, 3, 0));
}

TEST(Choice, DrawsAsOftenAsSaid) {
  const std::vector<double> chances = distribution(logits, at_temperature(1));
  std::vector<double> counts(4);
  RandomStream chance(1, "draw");
  for (int i = 0; i < 40000; ++i) counts[drawn(chances, chance)] += 1.0 / 40000;
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(counts[i], chances[i], 0.01);
}

}  // namespace
}  // namespace atelier::sequence
