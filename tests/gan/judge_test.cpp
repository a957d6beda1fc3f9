// SPDX-License-Identifier: Apache-2.0
#include "gan/judge.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "random_tensors.hpp"

namespace atelier::gan {
namespace {

at::Tensor features(const std::string& name) {
  return normal_tensor({64, 6}, name, at::kDouble);
}

TEST(FrechetDistance, OfASetToItselfIsZero) {
  EXPECT_NEAR(frechet_distance(features("a"), features("a")), 0, 1e-9);
}

TEST(FrechetDistance, OfASetToItselfMovedIsTheSquaredWay) {
  const at::Tensor way = at::arange(6).to(at::kDouble);
  EXPECT_NEAR(frechet_distance(features("a"), features("a") + way), 55, 1e-8);
}

TEST(FrechetDistance, OfASetToItselfStretchedIsThatOfDeviations) {
  // All covariances commute with their multiples: tr(A + 9 A - 2 * 3 A) = 4 tr(A).
  const at::Tensor a = features("a") - features("a").mean(0);
  const double trace = a.square().sum().item<double>() / 63;
  EXPECT_NEAR(frechet_distance(a, 3 * a), 4 * trace, 1e-8);
}

TEST(FrechetDistance, IsTheSameBothWaysEvenWithoutFullRank) {
  const at::Tensor a = features("a").narrow(0, 0, 4), b = features("b").narrow(0, 0, 5);
  EXPECT_NEAR(frechet_distance(a, b), frechet_distance(b, a), 1e-7);
}

TEST(EnergyDistance, OfTwoPointsEachIsKnownByArithmetic) {
  const at::Tensor a = at::tensor({0.0, 2.0}, at::kDouble).view({2, 1});
  const at::Tensor b = at::tensor({10.0, 14.0}, at::kDouble).view({2, 1});
  // 2 (10 + 14 + 8 + 12) / 4 - 2 - 4
  EXPECT_NEAR(energy_distance(a, b), 16, 1e-9);
  EXPECT_NEAR(energy_distance(b, a), 16, 1e-9);
}

TEST(EnergyDistance, OfHalvesOfOneSetIsNearZero) {
  EXPECT_NEAR(energy_distance(features("a"), features("b")), 0, 0.1);
  EXPECT_GT(energy_distance(features("a"), features("b") + 1), 1);
}

TEST(Nearest, FindsTheSmallestAngle) {
  const at::Tensor among = at::eye(3, at::kDouble);
  const at::Tensor from = at::tensor({0.1, 2.0, 0.0, 5.0, 0.0, 0.0}, at::kDouble).view({2, 3});
  const Nearest found = nearest(from, among);
  EXPECT_EQ(found.place[0].item<std::int64_t>(), 1);
  EXPECT_EQ(found.place[1].item<std::int64_t>(), 0);
  EXPECT_NEAR(found.distance[0].item<double>(), std::atan(0.05), 1e-9);
  EXPECT_NEAR(found.distance[1].item<double>(), 0, 1e-6);
}

TEST(Likeness, TellsCopiesAndCollapse) {
  const at::Tensor pictures = features("a"), fresh = features("b");
  const Likeness good = likeness(fresh, pictures);
  EXPECT_NEAR(good.nearest, 1, 0.3);
  EXPECT_NEAR(good.diversity, 1, 0.1);
  EXPECT_LT(likeness(pictures + 0.01 * fresh, pictures).nearest, 0.1);
  EXPECT_LT(likeness(fresh.narrow(0, 0, 1) + 0.01 * pictures, pictures).diversity, 0.1);
}

}  // namespace
}  // namespace atelier::gan
