// SPDX-License-Identifier: Apache-2.0
#include "train/learner.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "atelier/base/error.hpp"
#include "train/orthogonal.hpp"

namespace atelier::train {
namespace {

constexpr int count = 5;

LearnerOptions options() {
  LearnerOptions o;
  o.schedule = {.rate = 0.05, .warm_up = 3, .steps = 20, .last = 0.1};
  o.weight_decay = 0.1;
  o.clip = 1.5;
  o.average = 0.8;
  return o;
}

Learner learner(const LearnerOptions& o) {
  return {"x", Parameters({{"w", {count}, normal(1)}}, 4, at::kCPU), o};
}

void add_gradient(Learner& l, int step) {
  for (int i = 0; i < count; ++i) l.parameters().gradients()[i] += std::sin(step + 2.0 * i);
}

TEST(Learner, MovesAsAPlainLoopDoes) {
  const LearnerOptions o = options();
  Learner l = learner(o);
  const auto group = Group::alone();
  std::vector<double> w, m(count), v(count), mean;
  for (int i = 0; i < count; ++i) w.push_back(l.parameters().values()[i].item<double>());
  mean = w;
  for (int step = 0; step < 12; ++step) {
    add_gradient(l, step);
    const Learner::Report report = l.step(step, *group);
    std::vector<double> g;
    double norm = 0;
    for (int i = 0; i < count; ++i) {
      g.push_back(std::sin(step + 2.0 * i));
      norm += g.back() * g.back();
    }
    norm = std::sqrt(norm);
    EXPECT_NEAR(report.norm, norm, 1e-5);
    const double rate = o.schedule.at(step), t = step + 1;
    EXPECT_DOUBLE_EQ(report.rate, rate);
    const double decay = std::min(o.average, t / (9 + t));
    for (std::size_t i = 0; i < count; ++i) {
      const double cut = norm > o.clip ? g[i] * o.clip / norm : g[i];
      m[i] = o.beta1 * m[i] + (1 - o.beta1) * cut;
      v[i] = o.beta2 * v[i] + (1 - o.beta2) * cut * cut;
      w[i] -= rate * o.weight_decay * w[i];
      w[i] -= rate * (m[i] / (1 - std::pow(o.beta1, t))) /
              (std::sqrt(v[i] / (1 - std::pow(o.beta2, t))) + o.epsilon);
      mean[i] = decay * mean[i] + (1 - decay) * w[i];
      const auto at = static_cast<std::int64_t>(i);
      EXPECT_NEAR(l.parameters().values()[at].item<double>(), w[i], 1e-5);
      EXPECT_NEAR(l.average().values()[at].item<double>(), mean[i], 1e-5);
    }
  }
}

TEST(Learner, TurnsMatricesAndMovesTheRestAsAdamWDoes) {
  LearnerOptions plain = options();
  plain.schedule = {.rate = 0.05, .warm_up = 0, .steps = 20};
  plain.weight_decay = 0;
  plain.clip = 0;
  LearnerOptions turning = plain;
  turning.orthogonal = true;
  // Two of one shape, one of them a stack; filters, whose rows are 2 x 3 x 3; a vector, a small
  // one, a table.
  const std::vector<ParameterSpec> specs{{"a", {17, 20}, normal(1)},
                                         {"stack", {2, 17, 20}, normal(1)},
                                         {"filters", {8, 2, 3, 3}, normal(1)},
                                         {"vector", {30}, normal(1)},
                                         {"small", {7, 40}, normal(1)},
                                         {"table", {30, 20}, normal(1), /*table=*/true}};
  Learner adamw("x", Parameters(specs, 4, at::kCPU), plain);
  Learner muon("x", Parameters(specs, 4, at::kCPU), turning);
  const auto before = muon.parameters().tensors();
  const at::Tensor gradient =
      at::randn({muon.parameters().count()}, at::detail::createCPUGenerator(5));
  for (Learner* learner : {&adamw, &muon}) {
    learner->parameters().gradients().copy_(gradient);
    learner->step(0, *Group::alone());
  }
  const auto by_adamw = adamw.parameters().tensors(), by_muon = muon.parameters().tensors();
  for (const char* name : {"vector", "small", "table"}) {
    EXPECT_TRUE(at::equal(by_adamw.at(name), by_muon.at(name))) << name;
  }
  // At the first step the look ahead is along the gradient.
  Parameters holder(specs, 4, at::kCPU);
  holder.values().copy_(gradient);
  const auto by = holder.tensors();
  const auto expect_turned = [&](const char* name, const at::Tensor& gradients) {
    const auto longer = static_cast<double>(std::max(gradients.size(1), gradients.size(2)));
    const at::Tensor expected =
        -0.05 * 0.2 * std::sqrt(longer) * orthogonalised(gradients).reshape({-1});
    const at::Tensor moved = (by_muon.at(name) - before.at(name)).reshape({-1});
    EXPECT_TRUE(at::allclose(moved, expected, 1e-3, 1e-5)) << name;
  };
  expect_turned("a", by.at("a").unsqueeze(0));
  expect_turned("stack", by.at("stack"));
  expect_turned("filters", by.at("filters").view({1, 8, 18}));
}

TEST(Learner, FirstStepIsTheRateLong) {
  LearnerOptions o;
  o.schedule = {.rate = 0.01, .warm_up = 0, .steps = 10};
  o.clip = 0;
  Learner l = learner(o);
  const at::Tensor before = l.parameters().values().clone();
  l.parameters().gradients().fill_(123);
  l.step(0, *Group::alone());
  EXPECT_TRUE(at::allclose(before - l.parameters().values(), at::full({count}, 0.01), 1e-4, 1e-7));
}

TEST(Learner, DoesNotMoveByWhatIsNotFinite) {
  Learner l = learner(options());
  const at::Tensor before = l.parameters().values().clone();
  l.parameters().gradients()[1] = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(l.step(0, *Group::alone()).taken);
  EXPECT_TRUE(at::equal(before, l.parameters().values()));
  EXPECT_EQ(l.parameters().gradients().abs().sum().item<double>(), 0);
}

TEST(Learner, GoesOnFromItsState) {
  const auto group = Group::alone();
  Learner whole = learner(options()), first = learner(options()), second = learner(options());
  for (int step = 0; step < 10; ++step) {
    add_gradient(whole, step);
    whole.step(step, *group);
    if (step == 5) second.restore(first.state());
    Learner& l = step < 5 ? first : second;
    add_gradient(l, step);
    l.step(step, *group);
  }
  EXPECT_TRUE(at::equal(whole.parameters().values(), second.parameters().values()));
  EXPECT_TRUE(at::equal(whole.average().values(), second.average().values()));
}

TEST(Learner, RefusesAnothersState) {
  Learner l = learner(options());
  nets::TensorMap state = l.state();
  state["x.average"] = at::zeros({3});
  EXPECT_THROW(l.restore(state), Error);
}

}  // namespace
}  // namespace atelier::train
