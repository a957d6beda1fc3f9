// SPDX-License-Identifier: Apache-2.0
#include "style/losses/blended_moments.hpp"

#include <gtest/gtest.h>

#include "small_net.hpp"
#include "style/losses/losses.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

Moments of_positions(std::uint64_t seed, int channels, int positions) {
  return moments(random_tensor({1, channels, 1, positions}, seed).relu());
}

Moments diagonal(const std::vector<double>& mean, const std::vector<double>& variances) {
  return {at::tensor(mean, at::kDouble), at::tensor(variances, at::kDouble).diag(), 100};
}

/// sum a W(P, P_i), not divided by anything.
double summed_distance(const Moments& at, const std::vector<WeightedMoments>& styles) {
  double sum = 0;
  for (const auto& [weight, moments] : styles) {
    const double energy = (moments.covariance.trace() + moments.mean.square().sum()).item<double>();
    sum += weight * energy * (*wasserstein_loss(moments, Root::exact))(at, false).value;
  }
  return sum;
}

TEST(Mixture, ItsGramMatrixIsTheWeightedMean) {
  const std::vector<WeightedMoments> styles{{0.25, of_positions(1, 6, 40)},
                                            {0.75, of_positions(2, 6, 30)}};
  const at::Tensor expected =
      0.25 * gram_matrix(styles[0].moments) + 0.75 * gram_matrix(styles[1].moments);
  EXPECT_LE(relative_error(gram_matrix(mixture(styles)), expected), 1e-14);
}

TEST(Barycentre, OfOneIsItself) {
  const Moments one = of_positions(3, 6, 40);
  for (const auto& styles : {std::vector<WeightedMoments>{{1, one}}, {{0.3, one}, {0.7, one}}}) {
    const Moments found = barycentre(styles);
    EXPECT_LE(relative_error(found.mean, one.mean), 1e-14);
    EXPECT_LE(relative_error(found.covariance, one.covariance), 1e-7);
  }
}

/// Known by arithmetic: of independent channels, deviations are averaged; means always are.
TEST(Barycentre, OfIndependentChannelsAveragesDeviations) {
  const std::vector<WeightedMoments> styles{{0.25, diagonal({1, 2, 0}, {4, 1, 9})},
                                            {0.75, diagonal({5, 2, 8}, {16, 0, 1})}};
  const Moments found = barycentre(styles);
  EXPECT_LE(relative_error(found.mean, at::tensor({4.0, 2.0, 6.0}, at::kDouble)), 1e-14);
  const at::Tensor expected =
      at::tensor({0.25 * 2 + 0.75 * 4, 0.25 * 1, 0.25 * 3 + 0.75 * 1}, at::kDouble).square().diag();
  EXPECT_LE(relative_error(found.covariance, expected), 1e-4);
}

/// Nowhere near it is the weighted sum of squared distances smaller; with full rank and without.
TEST(Barycentre, IsWhereTheSumOfDistancesIsLeast) {
  for (const int positions : {60, 4}) {
    SCOPED_TRACE(positions);
    const std::vector<WeightedMoments> styles{{0.5, of_positions(4, 6, positions)},
                                              {0.3, of_positions(5, 6, positions + 1)},
                                              {0.2, of_positions(6, 6, positions)}};
    const Moments found = barycentre(styles);
    const double least = summed_distance(found, styles);
    for (int i = 0; i < 20; ++i) {
      const at::Tensor step = random_tensor({6, 6}, 70 + static_cast<std::uint64_t>(i), 0.02);
      Moments moved = found;
      const at::Tensor near = at::eye(6, at::kDouble) + step;
      moved.covariance = near.mm(found.covariance).mm(near.t());
      EXPECT_GE(summed_distance(moved, styles), least - 1e-5 * std::abs(least)) << i;
    }
    EXPECT_LT(least, summed_distance(mixture(styles), styles));
  }
}

}  // namespace
}  // namespace atelier::style
