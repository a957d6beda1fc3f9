// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <fmt/format.h>

#include <string>

#include "check.hpp"
#include "style/losses/losses.hpp"
#include "style/losses/statistics.hpp"
#include "style/optimizers/optimizer.hpp"
#include "tensor/activations.hpp"

namespace atelier::bench {
namespace {

/// Activations as after a ReLU, channels-last as the network leaves them.
at::Tensor activations(std::int64_t channels, std::int64_t edge) {
  const at::Generator generator = at::detail::createCPUGenerator(7);
  return at::randn({1, channels, edge, edge}, generator)
      .relu_()
      .contiguous(at::MemoryFormat::ChannelsLast);
}

/// What a loss and its slope are at s = 2 when activations are s times the target's. Gram: G is s^2
/// times the target's, so the loss is (s^2 - 1)^2. Wasserstein: mean and root of the covariance are
/// s times the target's, so it is (s - 1)^2; the smooth root adds 2 % at most.
struct Known {
  double loss, slope, tolerance;
};
Known known(const std::string& name) {
  return name == "gram" ? Known{9, 24, 1e-3} : Known{1, 2, 0.025};
}

/// Moments, loss, and the gradient with respect to each position.
void style_loss(benchmark::State& state, const std::string& name) {
  const at::Tensor target = activations(state.range(0), state.range(1));
  const auto measure = style::style_loss(name, style::moments(target));
  const at::Tensor seen = target * 2;
  double loss = 0;
  at::Tensor gradient;
  for (auto _ : state) {
    const style::Moments m = style::moments(seen);
    const style::StyleLoss::Value value = (*measure)(m, /*with_derivatives=*/true);
    loss = value.value;
    const at::Tensor matrix = value.by_covariance * (2 / m.positions);
    const at::Tensor offset = value.by_mean / m.positions - matrix.mv(m.mean);
    gradient = seen.clone();
    tensor::AffineMap(matrix.contiguous().data_ptr<double>(), offset.data_ptr<double>(),
                      static_cast<std::size_t>(state.range(0)))
        .apply(*tensor::as_activations(gradient), style::whole(gradient));
  }
  const Known answer = known(name);
  expect_near(state, "the loss", loss, answer.loss, answer.tolerance);
  // The slope along s is the gradient's product with the target.
  const double slope = (gradient.to(at::kDouble) * target.to(at::kDouble)).sum().item<double>();
  expect_near(state, "the slope", slope, answer.slope, answer.tolerance);
  state.SetLabel(fmt::format("{0} channels, {1} x {1}", state.range(0), state.range(1)));
}

constexpr int steps = 20;  // of a fresh optimiser each time: its memory fills as in a run

void label_steps(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations() * steps);
  state.SetLabel(fmt::format("{0} steps at {1} x {1} px", steps, state.range(0)));
}

/// Downhill on the sum of d (x - end)^2 / 2, d from 0.5 to 1.5: plain arithmetic beside the steps.
/// Conjugate gradients, which L-BFGS is not to fall behind by much, have an error of
/// ((sqrt(3) - 1) / (sqrt(3) + 1))^20, far below the limit here.
void lbfgs(benchmark::State& state) {
  const std::int64_t edge = state.range(0);
  const at::Generator generator = at::detail::createCPUGenerator(7);
  const at::Tensor start = at::full({1, 3, edge, edge}, 0.5);
  const at::Tensor end = at::rand(start.sizes(), generator) * 0.8 + 0.1;
  const at::Tensor curvature = at::rand(start.sizes(), generator) + 0.5;
  const auto loss_at = [&](const at::Tensor& x) {
    return 0.5 * (curvature * (x - end).square()).sum().item<double>();
  };
  at::Tensor x;
  for (auto _ : state) {
    const auto descent = style::make_lbfgs(/*step_size=*/0.02);
    descent->begin({static_cast<int>(edge), static_cast<int>(edge)}, steps);
    x = start;
    for (int i = 0; i < steps; ++i) x = descent->step(x, loss_at(x), curvature * (x - end));
  }
  expect_between(state, "the rest of the loss", loss_at(x) / loss_at(start), 0, 1e-3);
  label_steps(state);
}

/// Under a constant gradient with one sign a channel Adam moves every value equally far against it,
/// however large the gradient is there, and by step_size a step and octave at most.
void adam(benchmark::State& state) {
  const std::int64_t edge = state.range(0);
  constexpr double step_size = 0.005, octaves = 4;
  const at::Generator generator = at::detail::createCPUGenerator(7);
  const at::Tensor start = at::full({1, 3, edge, edge}, 0.5);
  const at::Tensor sign = at::tensor({1.0F, -1.0F, 1.0F}).reshape({1, 3, 1, 1});
  const at::Tensor gradient = sign * (at::rand(start.sizes(), generator) + 0.5);
  at::Tensor x;
  for (auto _ : state) {
    const auto descent = style::make_adam(step_size);
    descent->begin({static_cast<int>(edge), static_cast<int>(edge)}, steps);
    x = start;
    for (int i = 0; i < steps; ++i) x = descent->step(x, /*loss=*/0, gradient);
  }
  const at::Tensor way = (start - x) * sign;
  const double least = way.min().item<double>(), most = way.max().item<double>();
  expect_between(state, "the way", least, octaves * step_size,
                 octaves * steps * step_size * 1.0001);
  expect_between(state, "the difference of ways", most - least, 0, 1e-5);
  label_steps(state);
}

BENCHMARK_CAPTURE(style_loss, gram, "gram")
    ->Name("style/gram_forward_backward")
    ->Args({64, 256})
    ->Args({512, 32})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(style_loss, wasserstein, "wasserstein")
    ->Name("style/wasserstein_forward_backward")
    ->Args({64, 256})
    ->Args({512, 32})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(lbfgs)->Name("style/lbfgs_steps")->Arg(512)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(adam)->Name("style/adam_steps")->Arg(512)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace atelier::bench
