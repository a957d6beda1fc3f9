// SPDX-License-Identifier: Apache-2.0
// Beside what passes_test.cpp asks of every engine, the bf16 pass answers to its network in double
// precision, rounded where bf16 rounds: what is left is the sums' order, and gradients' rounding.
#include <ATen/ATen.h>
#include <gtest/gtest.h>
#include <torch/csrc/autograd/autograd.h>

#include "atelier/base/error.hpp"
#include "pass_sweeps.hpp"

namespace atelier::nets {
namespace {

using namespace testing;

class Bf16Pass : public EngineTest {
 protected:
  Bf16Pass() : EngineTest("bf16") {}
};

/// What bf16 can hold of it, and the gradient passed on as if it held all.
at::Tensor rounded(const at::Tensor& t) {
  return t + (t.to(at::kBFloat16).to(at::kDouble) - t).detach();
}

/// The same network step by step in double, rounded where the bf16 pass rounds on its way there.
Features forward_rounded(const at::Tensor& rgb, Pooling pooling, Padding padding,
                         const std::vector<std::string>& layers) {
  const auto weights = small_weights();
  const auto row = [](const std::vector<double>& values) {
    return at::tensor(values, at::kDouble).view({1, -1, 1, 1});
  };
  at::Tensor h = (rgb.flip(1) * small_convention.scale - row(small_convention.mean)) /
                 row(small_convention.std);
  if (padding == Padding::replicate) h = at::replication_pad2d(h, {1, 1, 1, 1});
  Features features;
  for (const auto& [name, weight] : weights) {
    if (name.find(".weight") == std::string::npos) continue;
    const std::string place = name.substr(4, 3);
    const bool first = place == "1_1";
    if (!first && place[2] == '1') {
      h = pooling == Pooling::max ? at::max_pool2d(h, {2, 2}) : at::avg_pool2d(h, {2, 2});
      h = rounded(h);
    }
    const at::Tensor filters = weight.to(at::kDouble);
    h = at::conv2d(h, first ? filters : rounded(filters),
                   weights.at("conv" + place + ".bias").to(at::kDouble), 1,
                   first && padding == Padding::replicate ? 0 : 1);
    h = rounded(h.relu());
    const std::string layer = "relu" + place;
    if (std::find(layers.begin(), layers.end(), layer) != layers.end()) features[layer] = h;
  }
  return features;
}

at::Tensor slope_rounded(const at::Tensor& rgb, const Features& features,
                         const Features& gradients) {
  std::vector<at::Tensor> outputs, grads;
  for (const auto& [layer, gradient] : gradients) {
    outputs.push_back(features.at(layer));
    grads.push_back(gradient);
  }
  return torch::autograd::grad(outputs, {rgb}, grads)[0];
}

TEST_F(Bf16Pass, AgreesWithTheRoundedNetwork) {
  double worst_feature = 0, worst_gradient = 0;
  on_every_network_and_picture([&](const Vgg& vgg, const auto& layers, const at::Tensor& picture) {
    const at::Tensor rgb = picture.clone().requires_grad_(true);
    const Features near =
        forward_rounded(rgb, vgg.options().pooling, vgg.options().padding, layers);
    const auto pass = make(vgg, layers);
    for (const auto& [layer, values] : pass->forward(picture.to(at::kFloat), WayBack::follows)) {
      const double error = relative_error(values, near.at(layer));
      EXPECT_LT(error, 5e-3) << layer;
      worst_feature = std::max(worst_feature, error);
    }
    const Features gradients = gradients_for(near);
    const at::Tensor slope = pass->backward(in_floats(gradients));
    const double error = relative_error(slope, slope_rounded(rgb, near, gradients));
    EXPECT_LT(error, 2e-2);
    worst_gradient = std::max(worst_gradient, error);
  });
  RecordProperty("worst_feature", fmt::format("{:.2e}", worst_feature));
  RecordProperty("worst_gradient", fmt::format("{:.2e}", worst_gradient));
}

TEST(Bf16Engine, IsRefusedWithASentenceWhereItDoesNotCompute) {
  const Vgg vgg = small_vgg(Pooling::max, Padding::zero);
  EXPECT_THROW(static_cast<void>(make_pass(vgg, {"relu1_1"}, at::kDouble, "bf16")), Error);
  const auto units = tensor::bf16_units();
  if (units == tensor::Bf16Units::not_built || units == tensor::Bf16Units::none) {
    try {
      static_cast<void>(make_pass(vgg, {"relu1_1"}, at::kFloat, "bf16"));
      FAIL() << "no refusal";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::missing_capability);
    }
  }
  const std::string description = make_pass(vgg, {"relu1_1"}, at::kFloat)->description();
  EXPECT_EQ(description.find("bf16") != std::string::npos, units == tensor::Bf16Units::amx)
      << description;
}

}  // namespace
}  // namespace atelier::nets
