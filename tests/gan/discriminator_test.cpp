// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>

#include "../nets/small_graphs.hpp"
#include "gan/dcgan.hpp"
#include "gan/projected_discriminator.hpp"
#include "random_tensors.hpp"

namespace atelier::gan {
namespace {

at::Tensor sum_of(const std::vector<at::Tensor>& verdicts) {
  at::Tensor sum = verdicts.front().sum();
  for (std::size_t i = 1; i < verdicts.size(); ++i) sum = sum + verdicts[i].sum();
  return sum;
}

class ProjectedDiscriminatorTest : public testing::Test {
 protected:
  std::shared_ptr<const nets::Network> eyes_ = nets::testing::small_graph("efficientnet-lite0", {});
};

TEST_F(ProjectedDiscriminatorTest, JudgesAtFourResolutions) {
  const at::NoGradGuard no_gradient;
  const GeneratorForm form{"skip", 256, 8, 8, 0};
  const train::Parameters parameters(ProjectedDiscriminator::specs(form), 1, at::kCPU);
  const ProjectedDiscriminator critic(*eyes_, form, parameters, {});
  const auto seen = critic.look(random_pictures(2, 256, "x"));
  ASSERT_EQ(seen.size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(seen[i].size(1), 8 << i);
    EXPECT_EQ(seen[i].size(2), 64 >> i);
  }
  for (const at::Tensor& verdict : critic.judge(seen, {}, {2})) {
    EXPECT_EQ(verdict.sizes(), (std::vector<std::int64_t>{2, 16}));
  }
}

TEST_F(ProjectedDiscriminatorTest, GradientReachesPicturesAndParameters) {
  const GeneratorForm form{"skip", 64, 8, 8, 0};
  const train::Parameters parameters(ProjectedDiscriminator::specs(form), 1, at::kCPU, at::kDouble);
  const ProjectedDiscriminator critic(*eyes_, form, parameters, {});
  at::Tensor x = random_pictures(2, 64, "x", at::kDouble).requires_grad_();
  const auto value = [&] { return sum_of(critic.judge(critic.look(x), {}, {2})); };
  std::vector<at::Tensor> leaves = parameters.leaves();
  leaves.push_back(x);
  const auto gradients = torch::autograd::grad({value()}, leaves);
  const at::Tensor direction = normal_tensor(x.sizes(), "d", at::kDouble);
  const double expected = (gradients.back() * direction).sum().item<double>();
  for (std::size_t i = 0; i + 1 < leaves.size(); ++i) EXPECT_TRUE(gradients[i].defined());
  const at::NoGradGuard no_gradient;
  const double h = 1e-6;
  x = x.detach() + h * direction;
  const double above = value().item<double>();
  x = x - 2 * h * direction;
  const double slope = (above - value().item<double>()) / (2 * h);
  EXPECT_NEAR(expected, slope, 2e-3 * std::abs(slope) + 1e-4);
}

TEST_F(ProjectedDiscriminatorTest, MindsClasses) {
  const at::NoGradGuard no_gradient;
  const GeneratorForm form{"skip", 64, 8, 8, 3};
  const train::Parameters parameters(ProjectedDiscriminator::specs(form), 1, at::kCPU);
  const ProjectedDiscriminator critic(*eyes_, form, parameters, {});
  const auto seen = critic.look(random_pictures(2, 64, "x"));
  const auto judged = [&](std::int64_t label) {
    return sum_of(critic.judge(seen, at::full({2}, label, at::kLong), {2})).item<double>();
  };
  EXPECT_NE(judged(0), judged(2));
}

TEST(DcganDiscriminator, JudgesAPictureAsAWhole) {
  const at::NoGradGuard no_gradient;
  const GeneratorForm form{"dcgan", 64, 8, 8, 0};
  const train::Parameters parameters(DcganDiscriminator::specs(form), 1, at::kCPU);
  const DcganDiscriminator critic(form, parameters, {});
  const auto verdicts = critic.judge(critic.look(random_pictures(4, 64, "x")), {}, {4});
  ASSERT_EQ(verdicts.size(), 1U);
  EXPECT_EQ(verdicts[0].sizes(), (std::vector<std::int64_t>{4, 1}));
}

}  // namespace
}  // namespace atelier::gan
