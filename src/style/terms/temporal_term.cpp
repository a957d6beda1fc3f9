// SPDX-License-Identifier: Apache-2.0
#include "style/terms/temporal_term.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

class TemporalTerm final : public PictureTerm {
 public:
  TemporalTerm(at::Tensor moved, at::Tensor trust)
      : moved_(std::move(moved)), trust_(std::move(trust)) {}

  double operator()(const at::Tensor& rgb, double weight, const at::Tensor& gradient) override {
    const auto count = static_cast<double>(rgb.numel());
    // By rows, so that no copy of the picture's size is made; their order is always the same.
    const std::int64_t rows = rgb.device().is_cpu() ? 16 : rgb.size(2);
    double sum = 0;
    for (std::int64_t y = 0; y < rgb.size(2); y += rows) {
      const auto strip = [&](const at::Tensor& t) {
        return t.narrow(2, y, std::min(rows, rgb.size(2) - y));
      };
      const at::Tensor apart = strip(rgb) - strip(moved_), counted = apart * strip(trust_);
      sum += (counted * apart).sum(at::kDouble).item<double>();
      if (gradient.defined()) strip(gradient).add_(counted, 2 * weight / count);
      for (const at::Tensor& t : {rgb, moved_, gradient}) {
        if (t.defined()) tensor::let_go(strip(t));
      }
    }
    return sum / count;
  }

 private:
  at::Tensor moved_, trust_;
};

}  // namespace

std::unique_ptr<PictureTerm> temporal_term(const at::Tensor& moved, const at::Tensor& trust) {
  return std::make_unique<TemporalTerm>(moved, trust);
}

}  // namespace atelier::style
