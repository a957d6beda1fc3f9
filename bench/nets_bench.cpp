// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <fmt/format.h>
#include <torch/csrc/autograd/autograd.h>

#include <map>
#include <memory>
#include <optional>

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "check.hpp"
#include "nets/image_tensor.hpp"
#include "nets/vgg.hpp"
#include "pictures.hpp"

namespace atelier::bench {
namespace {

const std::string layer = "relu5_1";

/// What PyTorch computes in float64 from the same weights: peers/feature_norms.py prints this
/// table.
struct Expected {
  double features;  ///< root mean square of relu5_1
  double
      gradient;  ///< Euclidean norm of the gradient of its mean square with respect to the picture
};
const std::map<int, Expected> expected_by_edge{
    {128, {219.776087, 9501.66455}},
    {256, {198.600753, 4349.88747}},
    {512, {187.345323, 2045.03138}},
};

/// Loaded once; null with `missing` saying why when the weights are not on this machine.
struct Net {
  std::optional<nets::FeatureNet> net;
  std::string missing;
};
const Net& vgg19() {
  static const Net loaded = [] {
    Net result;
    try {
      result.net = nets::FeatureNet::load("vgg19");
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::missing_weights) throw;
      result.missing = error.what();
    }
    return result;
  }();
  return loaded;
}

at::Tensor picture(int edge) {
  return nets::to_tensor(wave_picture(edge, edge));
}

void label(benchmark::State& state) {
  state.SetLabel(fmt::format("vgg19, {0} x {0} px, to {1}", state.range(0), layer));
}

void vgg_forward(benchmark::State& state) {
  if (!vgg19().net) return state.SkipWithError(vgg19().missing.c_str());
  const at::NoGradGuard no_gradient;
  const int edge = static_cast<int>(state.range(0));
  const at::Tensor rgb = picture(edge);
  at::Tensor seen;
  for (auto _ : state) seen = vgg19().net->network().forward(rgb, {layer}).at(layer);
  const double energy = seen.to(at::kDouble).square().mean().item<double>();
  expect_near(state, "the features' root mean square", std::sqrt(energy),
              expected_by_edge.at(edge).features, 1e-5);
  label(state);
}

void vgg_forward_backward(benchmark::State& state) {
  if (!vgg19().net) return state.SkipWithError(vgg19().missing.c_str());
  const int edge = static_cast<int>(state.range(0));
  const at::Tensor rgb = picture(edge).requires_grad_();
  at::Tensor gradient;
  for (auto _ : state) {
    const at::Tensor seen = vgg19().net->network().forward(rgb, {layer}).at(layer);
    gradient = torch::autograd::grad({seen.square().mean()}, {rgb}).at(0);
  }
  expect_near(state, "the gradient's norm", gradient.to(at::kDouble).norm().item<double>(),
              expected_by_edge.at(edge).gradient, 1e-3);
  label(state);
}

BENCHMARK(vgg_forward)
    ->Name("nets/vgg_forward")
    ->Arg(128)
    ->Arg(256)
    ->Arg(512)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(vgg_forward_backward)
    ->Name("nets/vgg_forward_backward")
    ->Arg(128)
    ->Arg(256)
    ->Arg(512)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace atelier::bench
