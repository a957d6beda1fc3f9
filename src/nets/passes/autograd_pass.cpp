// SPDX-License-Identifier: Apache-2.0
#include "nets/passes/autograd_pass.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "nets/network.hpp"

namespace atelier::nets {
namespace {

class AutogradPass final : public Pass {
 public:
  AutogradPass(const Network& net, std::vector<std::string> layers)
      : net_(net), layers_(std::move(layers)) {}

  const Features& forward(const at::Tensor& rgb, WayBack way_back) override {
    const at::AutoGradMode gradient_mode(way_back == WayBack::follows);
    rgb_ = rgb.detach().requires_grad_(way_back == WayBack::follows);
    graph_ = net_.forward(rgb_, layers_);
    features_.clear();
    for (const auto& [layer, values] : graph_) features_[layer] = values.detach();
    return features_;
  }

  at::Tensor backward(const Features& gradients) override {
    std::vector<at::Tensor> outputs, grads;
    for (const auto& [layer, gradient] : gradients) {
      outputs.push_back(graph_.at(layer));
      grads.push_back(gradient);
    }
    if (outputs.empty()) return at::zeros_like(rgb_.detach());
    at::Tensor result = torch::autograd::grad(outputs, {rgb_}, grads)[0];
    graph_.clear();
    return result;
  }

  // ReLU's gradient is computed from its results.
  bool takes_gradients_in_place() const override { return false; }

  std::string description() const override { return "libtorch"; }

 private:
  const Network& net_;
  std::vector<std::string> layers_;
  at::Tensor rgb_;
  Features graph_, features_;
};

}  // namespace

std::unique_ptr<Pass> make_autograd_pass(const Network& net, std::vector<std::string> layers) {
  return std::make_unique<AutogradPass>(net, std::move(layers));
}

}  // namespace atelier::nets
