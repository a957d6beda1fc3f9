// SPDX-License-Identifier: Apache-2.0
#include "gan/picture_target.hpp"

#include <ATen/ATen.h>

#include <string>
#include <vector>

namespace atelier::gan {
namespace {

const std::vector<std::string> compared_layers{"relu1_2", "relu2_2", "relu3_1", "relu4_1"};

}  // namespace

PictureTarget::PictureTarget(const nets::Network& net, const at::Tensor& rgb)
    : net_(net), rgb_(rgb) {
  const at::NoGradGuard no_gradient;
  seen_ = net.forward(rgb, compared_layers);
}

at::Tensor PictureTarget::pixels(const at::Tensor& painted) const {
  return (painted - rgb_).square().mean();
}

at::Tensor PictureTarget::features(const at::Tensor& painted) const {
  const nets::Features of_painted = net_.forward(painted, compared_layers);
  at::Tensor sum = at::zeros({}, rgb_.options());
  for (const auto& [layer, own] : seen_) {
    sum = sum + (of_painted.at(layer) - own).square().sum() / own.square().sum().clamp_min(1e-12);
  }
  return sum / static_cast<double>(seen_.size());
}

}  // namespace atelier::gan
