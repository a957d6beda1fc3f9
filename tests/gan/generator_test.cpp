// SPDX-License-Identifier: Apache-2.0
#include "gan/generator.hpp"

#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>

#include "atelier/base/error.hpp"
#include "random_tensors.hpp"

namespace atelier::gan {
namespace {

/// A generator with the numbers that it views.
struct Owned {
  explicit Owned(const GeneratorForm& form, at::ScalarType type = at::kFloat)
      : parameters(generator_specs(form), 2, at::kCPU, type),
        generator(make_generator(form, parameters)) {}
  train::Parameters parameters;
  std::unique_ptr<Generator> generator;
};

class EveryGenerator : public testing::TestWithParam<GeneratorForm> {};

TEST_P(EveryGenerator, PaintsPicturesOfItsSizeThatFollowChance) {
  const at::NoGradGuard no_gradient;
  const Owned owned(GetParam());
  const Generator& g = *owned.generator;
  const at::Tensor labels =
      GetParam().classes > 0 ? at::tensor({0, 1, 1, 0}, at::kLong) : at::Tensor();
  const at::Tensor styles =
      g.everywhere(g.style(normal_tensor({4, GetParam().latent}, "z"), labels));
  EXPECT_EQ(styles.sizes(), (std::vector<std::int64_t>{4, g.levels(), g.style_size()}));
  const at::Tensor rgb = g.paint(styles, {4});
  const std::int64_t size = GetParam().size;
  EXPECT_EQ(rgb.sizes(), (std::vector<std::int64_t>{4, 3, size, size}));
  EXPECT_GE(rgb.min().item<double>(), 0);
  EXPECT_LE(rgb.max().item<double>(), 1);
  EXPECT_GT((rgb[0] - rgb[1]).abs().mean().item<double>(), 1e-4);
}

TEST_P(EveryGenerator, PaintsAPictureTheSameWhateverStandsBesideIfNormsAreGiven) {
  const at::NoGradGuard no_gradient;
  const Owned owned(GetParam());
  const Generator& g = *owned.generator;
  const at::Tensor labels = GetParam().classes > 0 ? at::zeros({4}, at::kLong) : at::Tensor();
  const at::Tensor styles =
      g.everywhere(g.style(normal_tensor({4, GetParam().latent}, "z"), labels));
  NormSums sums;
  static_cast<void>(g.paint(styles, {4, nullptr, &sums}));
  const Norms norms = sums.norms();
  const at::Tensor all = g.paint(styles, {4, &norms, nullptr});
  const at::Tensor one = g.paint(styles.narrow(0, 2, 1), {4, &norms, nullptr});
  EXPECT_TRUE(at::allclose(all.narrow(0, 2, 1), one, 1e-4, 1e-5));
}

/// The layers of large forms are those of small ones.
class SmallGenerator : public testing::TestWithParam<GeneratorForm> {};

TEST_P(SmallGenerator, GradientIsThatOfCentralDifferences) {
  const GeneratorForm form = GetParam();
  const Owned owned(form, at::kDouble);
  const Generator& g = *owned.generator;
  const at::Tensor labels = form.classes > 0 ? at::tensor({0, 1}, at::kLong) : at::Tensor();
  const at::Tensor chance = normal_tensor({2, form.latent}, "z", at::kDouble);
  const at::Tensor weights = random_pictures(2, form.size, "w", at::kDouble);
  const auto value = [&] {
    return (g.paint(g.everywhere(g.style(chance, labels)), {2}) * weights).sum();
  };
  const auto leaves = owned.parameters.leaves();
  owned.parameters.add_gradients(torch::autograd::grad({value()}, leaves));
  const at::Tensor direction = normal_tensor({owned.parameters.count()}, "direction", at::kDouble);
  const at::NoGradGuard no_gradient;
  const double h = 1e-6;
  owned.parameters.values().add_(direction, h);
  const double above = value().item<double>();
  owned.parameters.values().add_(direction, -2 * h);
  const double slope = (above - value().item<double>()) / (2 * h);
  const double expected = (owned.parameters.gradients() * direction).sum().item<double>();
  EXPECT_NEAR(expected, slope, 1e-4 * std::abs(slope) + 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Forms, EveryGenerator,
                         testing::Values(GeneratorForm{"skip", 32, 8, 8, 0},
                                         GeneratorForm{"skip", 64, 8, 8, 2},
                                         GeneratorForm{"skip", 256, 8, 16, 0},
                                         GeneratorForm{"dcgan", 32, 8, 8, 0},
                                         GeneratorForm{"dcgan", 128, 8, 16, 0}));

INSTANTIATE_TEST_SUITE_P(Forms, SmallGenerator,
                         testing::Values(GeneratorForm{"skip", 32, 8, 8, 0},
                                         GeneratorForm{"skip", 64, 8, 8, 2},
                                         GeneratorForm{"dcgan", 32, 8, 8, 0}));

TEST(SkipGenerator, FineStylesLeaveCoarseFormsAlone) {
  const at::NoGradGuard no_gradient;
  const Owned owned({"skip", 64, 16, 16, 0});
  const Generator& g = *owned.generator;
  const at::Tensor styles = g.style(normal_tensor({2, 16}, "z"), {});
  const at::Tensor own = g.everywhere(styles.narrow(0, 0, 1)).clone();
  at::Tensor fine = own.clone(), coarse = own.clone();
  fine.select(1, g.levels() - 1).copy_(styles.narrow(0, 1, 1));
  coarse.select(1, 0).copy_(styles.narrow(0, 1, 1));
  NormSums sums;
  static_cast<void>(
      g.paint(g.everywhere(g.style(normal_tensor({8, 16}, "y"), {})), {8, nullptr, &sums}));
  const Norms norms = sums.norms();
  const auto painted = [&](const at::Tensor& s) {
    return at::avg_pool2d(g.paint(s, {8, &norms, nullptr}), 16);
  };
  const double by_fine = (painted(fine) - painted(own)).abs().mean().item<double>();
  const double by_coarse = (painted(coarse) - painted(own)).abs().mean().item<double>();
  EXPECT_GT(by_fine, 0);
  EXPECT_GT(by_coarse, by_fine);
}

TEST(SkipGenerator, KnowsClassesApartFromChance) {
  const at::NoGradGuard no_gradient;
  const Owned owned({"skip", 32, 8, 16, 3});
  const Generator& g = *owned.generator;
  const at::Tensor chance = normal_tensor({3, 16}, "z");
  const at::Tensor styles = g.style(chance, at::tensor({2, 0, 2}, at::kLong));
  EXPECT_TRUE(at::equal(styles.narrow(1, 16, 3),
                        at::tensor({0, 0, 1, 1, 0, 0, 0, 0, 1}, at::kFloat).view({3, 3})));
  EXPECT_TRUE(at::allclose(styles.narrow(1, 0, 16).square().mean(1), at::ones({3}), 1e-4, 1e-4));
}

TEST(MakeGenerator, RefusesWhatItDoesNotKnow) {
  const GeneratorForm form{"other", 64, 8, 8, 0};
  const train::Parameters parameters(generator_specs(form), 0, at::kCPU);
  EXPECT_THROW(static_cast<void>(make_generator(form, parameters)), Error);
}

}  // namespace
}  // namespace atelier::gan
