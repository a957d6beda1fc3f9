// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/step_times.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "atelier/base/random.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/tensor/compute.hpp"
#include "nets/passes/make_pass.hpp"
#include "style/objective.hpp"
#include "style/optimizers/optimizer.hpp"
#include "tensor/kernels/peak.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

/// Waves with grain: no two regions alike, as in a picture.
at::Tensor synthetic(int edge, std::uint64_t seed) {
  RandomStream random(seed, "bench");
  at::Tensor rgb = tensor::spillable_zeros({1, 3, edge, edge}, at::kFloat);
  auto values = rgb.accessor<float, 4>();
  const double tilt = 0.05 + 0.03 * static_cast<double>(seed);
  for (std::int64_t y = 0; y < edge; ++y) {
    for (std::int64_t x = 0; x < edge; ++x) {
      for (std::int64_t c = 0; c < 3; ++c) {
        const double wave = std::sin(tilt * static_cast<double>(x) + 0.04 * static_cast<double>(y) +
                                     2.0 * static_cast<double>(c));
        values[0][c][y][x] =
            static_cast<float>(std::clamp(0.5 + 0.3 * wave + 0.1 * random.normal(), 0.0, 1.0));
      }
    }
    tensor::let_go(rgb.narrow(2, y, 1));
  }
  return rgb;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
  return values[values.size() / 2];
}

}  // namespace

StepTimes measure_step(const nets::FeatureNet& net, const StylizeOptions& asked, int steps) {
  const StylizeOptions options = with_own_layers(asked);
  const at::Device device = tensor::set_up(options.device, options.threads).device;
  std::optional<tensor::OneThreadedTorch> one_threaded_torch;
  const std::string engine =
      nets::settled_engine(net.network(), options.engine, at::device(device).dtype(at::kFloat));
  if (device.is_cpu() && engine != "torch") one_threaded_torch.emplace();
  StepTimes times;
  times.peak_operations = tensor::measured_peak();

  const at::Tensor content = synthetic(options.size, 1).to(device);
  const std::vector<std::string> layers = objective_layers(options);
  TiledPass pass(net.network(), layers,
                 nets::make_pass(net.network(), layers, content.options(), engine),
                 tile_edge(options));
  Objective objective(pass, options,
                      {content, {synthetic(options.size, 2).to(device)}, one_region(1, {})});
  const auto optimizer = make_optimizer(options.optimizer, options.step_size);
  const image::Size size{options.size, options.size};
  optimizer->begin(size, steps + 1);

  std::vector<double> forward, losses, backward, moving, whole;
  std::vector<std::vector<nets::LayerTime>> of_layers;
  at::Tensor x = content;
  for (int i = 0; i <= steps; ++i) {
    double step = 0, move = 0;
    Objective::Evaluation evaluation;
    {
      const Stopwatch watch(step);
      evaluation = objective.evaluate(x, /*with_gradient=*/true);
      const Stopwatch watch_move(move);
      x = optimizer->step(x, evaluation.losses.total, evaluation.gradient);
    }
    if (i == 0) continue;  // makes memory and caches warm
    forward.push_back(evaluation.seconds.forward);
    losses.push_back(evaluation.seconds.losses);
    backward.push_back(evaluation.seconds.backward);
    moving.push_back(move);
    whole.push_back(step);
    of_layers.push_back(pass.pass().layer_times());
  }
  times.forward = median(forward);
  times.losses = median(losses);
  times.backward = median(backward);
  times.optimizer = median(moving);
  times.step = median(whole);
  times.engine = pass.pass().description();
  times.tiles = pass.tile_count(size);
  for (std::size_t layer = 0; layer < of_layers.front().size(); ++layer) {
    std::vector<double> there, back;
    for (const auto& step : of_layers) {
      there.push_back(step[layer].forward);
      back.push_back(step[layer].backward);
    }
    const nets::LayerTime& last = of_layers.back()[layer];
    times.layers.push_back({last.layer, last.operations, median(there), median(back)});
  }
  return times;
}

}  // namespace atelier::style
