// SPDX-License-Identifier: Apache-2.0
#include "fast/gaussian_distance.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "style/losses/losses.hpp"

namespace atelier::fast {
namespace {

/// Activations of C channels at H x W positions, scales six powers of two apart.
at::Tensor activations(std::int64_t c, std::int64_t h, std::int64_t w, std::uint64_t seed) {
  const at::Tensor x = at::randn({1, c, h, w}, at::detail::createCPUGenerator(seed), at::kDouble);
  const at::Tensor scales = at::logspace(-3, 3, c, 2.0, at::kDouble).view({1, c, 1, 1});
  return (x * scales + 0.3).relu();
}

/// Distances, and derivatives by mean and covariance, beside those by eigenvalues.
void expect_those_of_eigenvalues(const std::vector<at::Tensor>& paintings,
                                 const std::vector<at::Tensor>& painted) {
  std::vector<GaussianTarget> targets;
  std::vector<const GaussianTarget*> all;
  for (const at::Tensor& x : paintings) {
    const BatchMoments m = batch_moments(x);
    targets.push_back(gaussian_target(m.mean[0], m.covariance[0]));
  }
  for (const GaussianTarget& target : targets) all.push_back(&target);
  const BatchMoments seen = batch_moments(at::cat(painted));
  const GaussianDistances found = gaussian_distances(all, seen, true);
  const GaussianDistances values_alone = gaussian_distances(all, seen, false);
  EXPECT_FALSE(values_alone.by_mean.defined());
  for (std::size_t i = 0; i < paintings.size(); ++i) {
    const auto at = static_cast<std::int64_t>(i);
    const BatchMoments style = batch_moments(paintings[i]);
    const auto loss =
        style::wasserstein_loss({style.mean[0], style.covariance[0], 1}, style::Root::smooth);
    const auto expected = (*loss)({seen.mean[at], seen.covariance[at], 1}, true);
    EXPECT_NEAR(found.values[at].item<double>(), expected.value, 1e-5 * expected.value);
    EXPECT_EQ(values_alone.values[at].item<double>(), found.values[at].item<double>());
    EXPECT_TRUE(at::allclose(found.by_mean[at], expected.by_mean, 1e-9, 1e-12));
    const double greatest = expected.by_covariance.abs().max().item<double>();
    EXPECT_TRUE(at::allclose(found.by_covariance[at], expected.by_covariance, 0, 1e-4 * greatest));
  }
}

TEST(GaussianDistance, IsThatOfEigenvalues) {
  expect_those_of_eigenvalues({activations(12, 9, 8, 1), activations(12, 7, 7, 2)},
                              {activations(12, 8, 8, 3), activations(12, 8, 8, 4)});
}

TEST(GaussianDistance, IsThatOfEigenvaluesWhereThereAreFewPositions) {
  expect_those_of_eigenvalues({activations(40, 4, 4, 1)}, {activations(40, 3, 5, 3)});
}

TEST(GaussianDistance, IsThatOfEigenvaluesWhereChannelsAreDead) {
  at::Tensor dead = activations(12, 8, 8, 3);
  dead.narrow(1, 2, 4).zero_();
  expect_those_of_eigenvalues({activations(12, 9, 8, 1)}, {dead});
  expect_those_of_eigenvalues({dead}, {activations(12, 9, 8, 1)});
}

TEST(GaussianDistance, OfAPictureToItselfIsNothingButDamping) {
  const at::Tensor x = activations(12, 8, 8, 3);
  const BatchMoments m = batch_moments(x);
  const GaussianTarget target = gaussian_target(m.mean[0], m.covariance[0]);
  EXPECT_LT(gaussian_distances({&target}, m, false).values.item<double>(), 0.025);
}

}  // namespace
}  // namespace atelier::fast
