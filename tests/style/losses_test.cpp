// SPDX-License-Identifier: Apache-2.0
#include "style/losses/losses.hpp"

#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>

#include "small_net.hpp"
#include "style/losses/statistics.hpp"

namespace atelier::style {
namespace {

using Make = std::function<std::unique_ptr<LayerLoss>(const at::Tensor&)>;

struct Named {
  const char* name;
  Make make;
};

const std::vector<Named>& all_losses() {
  static const std::vector<Named> losses{
      {"content", content_loss},
      {"gram", gram_loss},
      {"wasserstein exact", [](const at::Tensor& t) { return wasserstein_loss(t, Root::exact); }},
      {"wasserstein smooth",
       [](const at::Tensor& t) { return wasserstein_loss(t, Root::smooth); }}};
  return losses;
}

at::Tensor activations(std::uint64_t seed, int channels = 5, int height = 4, int width = 6) {
  return random_tensor({1, channels, height, width}, seed).relu();
}

TEST(Statistics, GramOfConstantsIsTheirProduct) {
  const at::Tensor f = at::stack({at::full({3, 7}, 2.0), at::full({3, 7}, -5.0)}).unsqueeze(0);
  const at::Tensor expected = at::tensor({4.0, -10.0, -10.0, 25.0}).reshape({2, 2});
  EXPECT_TRUE(at::allclose(gram_matrix(f).to(at::kFloat), expected.to(at::kFloat)));
}

TEST(Statistics, MomentsOfTwoValues) {
  const at::Tensor f = at::tensor({1.0, 3.0, 10.0, 14.0}, at::kDouble).reshape({1, 2, 1, 2});
  const Moments m = moments(f);
  EXPECT_TRUE(at::allclose(m.mean, at::tensor({2.0, 12.0}, at::kDouble)));
  EXPECT_TRUE(
      at::allclose(m.covariance, at::tensor({1.0, 2.0, 2.0, 4.0}, at::kDouble).reshape({2, 2})));
}

TEST(Statistics, LayoutDoesNotMatter) {
  const at::Tensor f = activations(3);
  EXPECT_TRUE(
      at::allclose(gram_matrix(f), gram_matrix(f.contiguous(at::MemoryFormat::ChannelsLast))));
}

TEST(Losses, ZeroAtTheTarget) {
  for (const auto& [name, make] : all_losses()) {
    SCOPED_TRACE(name);
    const at::Tensor target = activations(1);
    const double tolerance = std::string(name) == "wasserstein smooth" ? 0.02 : 1e-10;
    EXPECT_NEAR((*make(target))(target).item<double>(), 0, tolerance);
  }
}

TEST(Losses, TwiceTheActivations) {
  // F = 2 Fs: content (F - Fs)^2 / Fs^2 = 1; Gram |4 G - G|^2 / |G|^2 = 9;
  // Wasserstein |m|^2 + tr(4 C + C - 2 * 2 C) over tr C + |m|^2 = 1.
  const at::Tensor target = activations(2);
  EXPECT_NEAR((*content_loss(target))(2 * target).item<double>(), 1, 1e-12);
  EXPECT_NEAR((*gram_loss(target))(2 * target).item<double>(), 9, 1e-12);
  EXPECT_NEAR((*wasserstein_loss(target, Root::exact))(2 * target).item<double>(), 1, 1e-9);
}

TEST(Losses, WassersteinOfIndependentChannelsAddsDifferencesOfDeviations) {
  // Channels +-a and +-b at orthogonal signs: C = diag(a^2, b^2), means 0.
  const auto two = [](double a, double b) {
    return at::tensor({a, a, -a, -a, b, -b, b, -b}, at::kDouble).reshape({1, 2, 2, 2});
  };
  const double expected = ((3.0 - 1) * (3 - 1) + (2.0 - 5) * (2 - 5)) / (1 + 25);
  EXPECT_NEAR((*wasserstein_loss(two(1, 5), Root::exact))(two(3, 2)).item<double>(), expected,
              1e-12);
}

TEST(Losses, WassersteinDoesNotDependOnWhichSideHasFewerPositions) {
  // 24 positions against 5 channels, and the same picture's top row of 3 against 5.
  const at::Tensor target = activations(4);
  for (const int width : {1, 3, 5, 6}) {
    const at::Tensor seen = activations(5, 5, 1, width);
    // Repeating every position keeps mean and covariance and moves to the other formula.
    const at::Tensor repeated = seen.repeat({1, 1, 8, 1});
    for (const Root root : {Root::exact, Root::smooth}) {
      const auto loss = wasserstein_loss(target, root);
      EXPECT_NEAR((*loss)(seen).item<double>(), (*loss)(repeated).item<double>(), 1e-7);
    }
  }
}

TEST(Losses, SmoothRootExceedsTheExactOneByItsBound) {
  const at::Tensor target = activations(6, 8), seen = activations(7, 8);
  const double exact = (*wasserstein_loss(target, Root::exact))(seen).item<double>();
  const double smooth = (*wasserstein_loss(target, Root::smooth))(seen).item<double>();
  EXPECT_GE(smooth, exact);
  EXPECT_LE(smooth, exact + 0.02);
}

TEST(Losses, GradientsPassCentralDifferences) {
  for (const auto& [name, make] : all_losses()) {
    if (std::string(name) == "wasserstein exact") continue;  // measures; never optimised
    for (const int height : {1, 3}) {  // fewer positions than channels, and more
      SCOPED_TRACE(name);
      const auto loss = make(activations(8, 5, height, 3));
      const at::Tensor x = random_tensor({1, 5, height, 3}, 9).requires_grad_();
      const at::Tensor gradient = torch::autograd::grad({(*loss)(x)}, {x})[0];
      const auto value = [&](const at::Tensor& at) { return (*loss)(at).item<double>(); };
      EXPECT_LT(gradient_error(value, x.detach(), gradient, 1e-5), 1e-6);
    }
  }
}

TEST(Losses, FlatActivationsStayFinite) {
  const at::Tensor flat = at::zeros({1, 4, 3, 3}, at::kDouble);
  for (const auto& [name, make] : all_losses()) {
    SCOPED_TRACE(name);
    const at::Tensor x = flat.clone().requires_grad_();
    const at::Tensor value = (*make(flat))(x);
    EXPECT_EQ(value.item<double>(), 0);
    if (std::string(name) == "wasserstein exact") continue;
    EXPECT_TRUE(at::isfinite(torch::autograd::grad({value}, {x})[0]).all().item<bool>());
  }
}

TEST(TotalVariation, OfARampIsItsSlopeSquared) {
  // 4 x 5, rising by 0.1 a column: 4 differences in each of 4 rows and 3 channels.
  const at::Tensor ramp = (at::arange(5, at::kDouble) * 0.1).expand({1, 3, 4, 5});
  EXPECT_NEAR(total_variation(ramp).item<double>(), 0.01 * 4 * 4 * 3 / (4 * 5 * 3), 1e-15);
  EXPECT_EQ(total_variation(at::full({1, 3, 4, 5}, 0.3)).item<double>(), 0);
}

TEST(TotalVariation, GradientPassesCentralDifferences) {
  const at::Tensor x = random_tensor({1, 3, 4, 5}, 1).requires_grad_();
  const at::Tensor gradient = torch::autograd::grad({total_variation(x)}, {x})[0];
  const auto value = [](const at::Tensor& at) { return total_variation(at).item<double>(); };
  EXPECT_LT(gradient_error(value, x.detach(), gradient), 1e-6);
}

}  // namespace
}  // namespace atelier::style
