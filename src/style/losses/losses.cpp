// SPDX-License-Identifier: Apache-2.0
#include "style/losses/losses.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"

namespace atelier::style {
namespace {

class GramLoss final : public StyleLoss {
 public:
  explicit GramLoss(const Moments& target)
      : target_(gram_matrix(target)),
        // Keeps the division finite where a layer sees nothing at all.
        energy_(std::max(target_.square().sum().item<double>(), 1e-12)) {}

  Value operator()(const Moments& seen, bool with_derivatives) const override {
    const at::Tensor difference = gram_matrix(seen) - target_;
    Value result;
    result.value = difference.square().sum().item<double>() / energy_;
    if (with_derivatives) {
      result.by_covariance = difference * (2 / energy_);
      result.by_mean = 2 * result.by_covariance.mv(seen.mean);
    }
    return result;
  }

 private:
  at::Tensor target_;
  double energy_;
};

}  // namespace

std::unique_ptr<StyleLoss> gram_loss(const Moments& target) {
  return std::make_unique<GramLoss>(target);
}

std::unique_ptr<StyleLoss> style_loss(std::string_view name, const Moments& target) {
  if (name == "gram") return gram_loss(target);
  if (name == "wasserstein") return wasserstein_loss(target, Root::smooth);
  fail(ErrorKind::invalid_argument, "there is no style loss '{}'; use gram or wasserstein.", name);
}

}  // namespace atelier::style
