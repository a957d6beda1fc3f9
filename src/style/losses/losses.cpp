// SPDX-License-Identifier: Apache-2.0
#include "style/losses/losses.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"
#include "style/losses/statistics.hpp"

namespace atelier::style {
namespace {

/// Keeps a division by the target's energy finite where a layer sees nothing at all.
at::Tensor energy(const at::Tensor& value) {
  return value.clamp_min(1e-12);
}

class ContentLoss final : public LayerLoss {
 public:
  explicit ContentLoss(const at::Tensor& target)
      : target_(target.detach()), energy_(energy(target_.square().mean())) {}

  at::Tensor operator()(const at::Tensor& features) const override {
    return at::mse_loss(features, target_) / energy_;
  }

 private:
  at::Tensor target_, energy_;
};

class GramLoss final : public LayerLoss {
 public:
  explicit GramLoss(const at::Tensor& target)
      : target_(gram_matrix(target.detach())), energy_(energy(target_.square().sum())) {}

  at::Tensor operator()(const at::Tensor& features) const override {
    return (gram_matrix(features) - target_).square().sum() / energy_;
  }

 private:
  at::Tensor target_, energy_;
};

}  // namespace

std::unique_ptr<LayerLoss> content_loss(const at::Tensor& target) {
  return std::make_unique<ContentLoss>(target);
}

std::unique_ptr<LayerLoss> gram_loss(const at::Tensor& target) {
  return std::make_unique<GramLoss>(target);
}

std::unique_ptr<LayerLoss> style_loss(std::string_view name, const at::Tensor& target) {
  if (name == "gram") return gram_loss(target);
  if (name == "wasserstein") return wasserstein_loss(target, Root::smooth);
  fail(ErrorKind::invalid_argument, "there is no style loss '{}'; use gram or wasserstein.", name);
}

at::Tensor total_variation(const at::Tensor& rgb) {
  const auto height = rgb.size(2), width = rgb.size(3);
  const at::Tensor dx = rgb.narrow(3, 1, width - 1) - rgb.narrow(3, 0, width - 1);
  const at::Tensor dy = rgb.narrow(2, 1, height - 1) - rgb.narrow(2, 0, height - 1);
  return (dx.square().sum() + dy.square().sum()) / rgb.numel();
}

}  // namespace atelier::style
