// SPDX-License-Identifier: Apache-2.0
#include "style/optimizers/optimizer.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "small_net.hpp"

namespace atelier::style {
namespace {

/// f(x) = 1/2 sum k (x - c)^2 with curvatures k from 1 to 100.
struct Bowl {
  at::Tensor curvature = at::logspace(0, 2, 3 * 4 * 5, 10.0, at::kFloat).reshape({1, 3, 4, 5});
  at::Tensor centre;

  [[nodiscard]] double value(const at::Tensor& x) const {
    return 0.5 * (curvature * (x - centre).square()).sum().item<double>();
  }
  [[nodiscard]] at::Tensor gradient(const at::Tensor& x) const { return curvature * (x - centre); }

  at::Tensor descend(Optimizer& optimizer, at::Tensor x, int steps) const {
    optimizer.begin({5, 4}, steps);
    for (int i = 0; i < steps; ++i) x = optimizer.step(x, value(x), gradient(x));
    return optimizer.result(x);
  }
};

TEST(Optimizers, ReachTheBottom) {
  const Bowl bowl{.centre = at::full({1, 3, 4, 5}, 0.4F)};
  for (const auto& [name, steps, tolerance] :
       {std::tuple{"lbfgs", 60, 1e-4}, {"adam", 1500, 1e-2}}) {
    SCOPED_TRACE(name);
    const auto optimizer = make_optimizer(name, 0.02);
    const at::Tensor x = bowl.descend(*optimizer, at::full({1, 3, 4, 5}, 0.9F), steps);
    EXPECT_LT((x - 0.4).abs().max().item<double>(), tolerance);
  }
}

TEST(Optimizers, StayInTheBoxWhenTheBottomLiesOutside) {
  const Bowl bowl{.centre = at::linspace(-1, 2, 60).reshape({1, 3, 4, 5})};
  for (const auto& [name, steps] : {std::pair{"lbfgs", 100}, {"adam", 1500}}) {
    SCOPED_TRACE(name);
    const auto optimizer = make_optimizer(name, 0.02);
    const at::Tensor x = bowl.descend(*optimizer, at::full({1, 3, 4, 5}, 0.5F), steps);
    EXPECT_LT((x - bowl.centre.clamp(0, 1)).abs().max().item<double>(), 2e-2);
    EXPECT_GE(x.min().item<double>(), 0);
    EXPECT_LE(x.max().item<double>(), 1);
  }
}

TEST(Optimizers, TheFirstLbfgsStepHasTheAskedLength) {
  const auto optimizer = make_lbfgs(0.03);
  optimizer->begin({5, 4}, 1);
  const at::Tensor x = at::full({1, 3, 4, 5}, 0.5F),
                   g = random_tensor({1, 3, 4, 5}, 1, 7.0).to(at::kFloat);
  const at::Tensor moved = optimizer->step(x, 1.0, g) - x;
  EXPECT_NEAR(moved.square().mean().sqrt().item<double>(), 0.03, 1e-6);
  EXPECT_LT((moved * g).sum().item<double>(), 0);
}

TEST(Optimizers, GoOnAtAnotherSize) {
  const Bowl bowl{.centre = at::full({1, 3, 4, 5}, 0.4F)};
  for (const char* name : {"lbfgs", "adam"}) {
    const auto optimizer = make_optimizer(name, 0.02);
    at::Tensor x = at::full({1, 3, 2, 2}, 0.9F);
    optimizer->begin({2, 2}, 5);
    for (int i = 0; i < 5; ++i) x = optimizer->step(x, 1.0, x - 0.4);
    optimizer->begin({5, 4}, 100);
    const at::Tensor next =
        optimizer->step(at::full({1, 3, 4, 5}, 0.9F), 1.0, at::full({1, 3, 4, 5}, 0.5F));
    EXPECT_EQ(next.sizes(), at::IntArrayRef({1, 3, 4, 5}));
    EXPECT_LT(next.max().item<double>(), 0.9);
  }
}

/// A slope that all pixels share moves every octave; one that turns from pixel to pixel is not seen
/// by halved pictures. Adam's first step has the length of its rate whatever the slope.
TEST(Optimizers, AdamMovesRegionsByAllOctaves) {
  constexpr double rate = 0.02;
  const at::Tensor x = at::full({1, 3, 64, 64}, 0.5F);
  const at::Tensor parity = (at::arange(64).reshape({64, 1}) + at::arange(64)).remainder(2);
  const at::Tensor alternating = (2 * parity - 1).to(at::kFloat).expand({1, 3, 64, 64});
  for (const auto& [gradient, octaves] : {std::pair{at::ones_like(x), 4}, {alternating, 1}}) {
    const auto optimizer = make_adam(rate);
    optimizer->begin({64, 64}, 1000000);
    const at::Tensor moved = optimizer->step(x, 1.0, gradient) - x;
    const at::Tensor inside = moved.slice(2, 28, 36).slice(3, 28, 36).abs();
    EXPECT_NEAR(inside.min().item<double>(), octaves * rate, 1e-6);
    EXPECT_NEAR(inside.max().item<double>(), octaves * rate, 1e-6);
  }
}

TEST(Optimizers, AtTheBottomNothingMoves) {
  for (const char* name : {"lbfgs", "adam"}) {
    const auto optimizer = make_optimizer(name, 0.02);
    optimizer->begin({5, 4}, 100);
    const at::Tensor x = at::full({1, 3, 4, 5}, 0.5F);
    EXPECT_TRUE(at::equal(optimizer->step(x, 0, at::zeros_like(x)), x));
  }
}

TEST(Optimizers, AnotherNameIsRefused) {
  EXPECT_THROW(make_optimizer("sgd", 0.1), Error);
}

}  // namespace
}  // namespace atelier::style
