// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "nets/image_tensor.hpp"
#include "style/optimizers/optimizer.hpp"

namespace atelier::style {
namespace {

constexpr double beta1 = 0.9, beta2 = 0.99, averaging = 0.9, epsilon = 1e-12;
constexpr double last_rate = 1.0 / 30;  // of the first

class Adam final : public Optimizer {
 public:
  explicit Adam(double step_size) : step_size_(step_size) {}

  at::Tensor step(const at::Tensor& x, double /*loss*/, const at::Tensor& gradient) override {
    if (!first_.defined()) {
      first_ = at::zeros_like(x);
      second_ = at::zeros_like(x);
    }
    if (!average_.defined()) average_ = at::zeros_like(x);
    ++steps_;
    ++steps_here_;
    first_.mul_(beta1).add_(gradient, 1 - beta1);
    second_.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
    const double rate = step_size_ * decay() / (1 - std::pow(beta1, steps_));
    const double correction = 1 / std::sqrt(1 - std::pow(beta2, steps_));
    const at::Tensor next =
        (x - rate * first_ / (second_.sqrt() * correction + epsilon)).clamp_(0, 1);
    average_.mul_(averaging).add_(next, 1 - averaging);
    return next;
  }

  at::Tensor result(const at::Tensor& x) const override {
    return average_.defined() ? average_ / (1 - std::pow(averaging, steps_here_)) : x;
  }

  void begin(image::Size size, int steps) override {
    average_ = at::Tensor();
    planned_here_ = steps;
    steps_here_ = 0;
    if (!first_.defined()) return;
    const auto to_size = [&](const at::Tensor& state) {
      return at::upsample_bilinear2d(state, {size.height, size.width}, false);
    };
    first_ = to_size(first_);
    second_ = to_size(second_).clamp_min_(0);
  }

 private:
  /// Share of the first rate that is left at this step.
  [[nodiscard]] double decay() const {
    const double way = std::min(1.0, static_cast<double>(steps_here_) / planned_here_);
    return last_rate + (1 - last_rate) * 0.5 * (1 + std::cos(std::numbers::pi * way));
  }

  double step_size_;
  int steps_ = 0;                          // in the whole run
  int steps_here_ = 0, planned_here_ = 1;  // at this size
  at::Tensor first_, second_, average_;
};

}  // namespace

std::unique_ptr<Optimizer> make_adam(double step_size) {
  return std::make_unique<Adam>(step_size);
}

}  // namespace atelier::style
