// SPDX-License-Identifier: Apache-2.0
#include "style/terms/total_variation_term.hpp"

#include "style/losses/total_variation.hpp"

namespace atelier::style {
namespace {

class TotalVariationTerm final : public PictureTerm {
 public:
  double operator()(const at::Tensor& rgb, double weight, const at::Tensor& gradient) override {
    return total_variation(rgb, weight, gradient);
  }
};

}  // namespace

std::unique_ptr<PictureTerm> total_variation_term() {
  return std::make_unique<TotalVariationTerm>();
}

}  // namespace atelier::style
