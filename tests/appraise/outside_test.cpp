// SPDX-License-Identifier: Apache-2.0
#include "appraise/outside.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "appraise/rows.hpp"

namespace atelier::appraise {
namespace {

at::Tensor values(const std::vector<double>& of) {
  return at::tensor(of);
}

TEST(Outside, DoubtIsEntropy) {
  const at::Tensor p = values({1, 0, 0.5, 0.5}).view({2, 2});
  const at::Tensor doubts = doubts_of(p);
  EXPECT_NEAR(doubts[0].item<double>(), 0, 1e-9);
  EXPECT_NEAR(doubts[1].item<double>(), std::log(2.0), 1e-9);
}

TEST(Outside, DistancesAreInDeviations) {
  // Within classes the rows are normal: the mean squared distance of 3 numbers to the own centre
  // is 3, and a row 10 deviations off the nearest centre is 100 away.
  const at::Tensor rows = test::clusters(2000, 2, 20, 3), classes = at::arange(4000, at::kLong) % 2;
  const Outside outside = fit_outside(rows, classes, 2);
  EXPECT_NEAR(distances_of(outside, rows).mean().item<double>(), 3, 0.1);
  const at::Tensor strange = values({20, 0, 10}).view({1, 3});
  EXPECT_NEAR(distances_of(outside, strange).item<double>(), 100, 5);
}

TEST(Outside, AClassWithoutWorksHasNoCentre) {
  const at::Tensor rows = test::clusters(10, 2, 4, 3), classes = at::arange(20, at::kLong) % 2;
  EXPECT_EQ(fit_outside(rows, classes, 5).centres.size(0), 2);
}

TEST(Outside, StrangenessGrowsWithEitherSign) {
  const at::Tensor known = quantiles_of(at::linspace(0, 1, 1001, at::kDouble));
  const at::Tensor both =
      strangeness(values({0.1, 0.1, 0.9, 0.9, 7}), values({0.1, 0.9, 0.1, 0.9, 7}), known, known);
  const auto at = [&](std::int64_t i) { return both[i].item<double>(); };
  // Shares q and q': -log(1 - q) - log(1 - q').
  EXPECT_NEAR(at(0), -2 * std::log(0.9), 0.02);
  EXPECT_NEAR(at(1), -std::log(0.9) - std::log(0.1), 0.06);
  EXPECT_NEAR(at(1), at(2), 1e-12);
  EXPECT_GT(at(3), at(1));
  EXPECT_GT(at(4), at(3));
  EXPECT_TRUE(std::isfinite(at(4))) << "beyond all that is known";
}

TEST(Outside, ThresholdsGiveTheAskedFalseAlarms) {
  const at::Tensor signs = at::linspace(0, 1, 1001, at::kDouble);
  EXPECT_NEAR(threshold_for(signs, 0.05), 0.95, 1e-9);
}

}  // namespace
}  // namespace atelier::appraise
