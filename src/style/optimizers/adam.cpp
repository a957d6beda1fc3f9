// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

#include "style/optimizers/optimizer.hpp"

namespace atelier::style {
namespace {

constexpr double beta1 = 0.95, beta2 = 0.99, averaging = 0.9, epsilon = 1e-12;
constexpr double last_rate = 1.0 / 30;  // of the first
constexpr int octaves = 4;

/// Adam's moments at one octave.
struct Moments {
  at::Tensor first, second;
};

at::Tensor enlarge(const at::Tensor& x, at::IntArrayRef size) {
  return at::upsample_bilinear2d(x, size, /*align_corners=*/false);
}

/// The gradient with respect to a smaller picture of which this one is the enlargement.
at::Tensor gradient_at(const at::Tensor& gradient, at::IntArrayRef size) {
  const auto height = gradient.size(2), width = gradient.size(3);
  if (size[0] == height && size[1] == width) return gradient;
  return at::upsample_bilinear2d_backward(gradient.contiguous(), {height, width},
                                          {1, gradient.size(1), size[0], size[1]},
                                          /*align_corners=*/false);
}

class Adam final : public Optimizer {
 public:
  explicit Adam(double step_size) : step_size_(step_size) {}

  at::Tensor step(const at::Tensor& x, double /*loss*/, const at::Tensor& gradient) override {
    ++steps_;
    ++steps_here_;
    const double rate = step_size_ * decay() / (1 - std::pow(beta1, steps_));
    const double correction = 1 / std::sqrt(1 - std::pow(beta2, steps_));
    at::Tensor next = x;
    for (int octave = 0; octave < octaves; ++octave) {
      auto& [first, second] = moments_[octave];
      const auto size = size_at({x.size(2), x.size(3)}, octave);
      const at::Tensor slope = gradient_at(gradient, size);
      if (!first.defined()) {
        first = at::zeros_like(slope);
        second = at::zeros_like(slope);
      }
      first.mul_(beta1).add_(slope, 1 - beta1);
      second.mul_(beta2).addcmul_(slope, slope, 1 - beta2);
      const at::Tensor move = first / (second.sqrt() * correction + epsilon);
      next = next - rate * (octave == 0 ? move : enlarge(move, {x.size(2), x.size(3)}));
    }
    next.clamp_(0, 1);
    if (!average_.defined()) average_ = at::zeros_like(x);
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
    for (int octave = 0; octave < octaves; ++octave) {
      auto& [first, second] = moments_[octave];
      if (!first.defined()) continue;
      const auto target = size_at({size.height, size.width}, octave);
      first = enlarge(first, target);
      second = enlarge(second, target).clamp_min_(0);
    }
  }

 private:
  /// Height and width, halved `octave` times.
  static std::array<std::int64_t, 2> size_at(std::array<std::int64_t, 2> size, int octave) {
    for (std::int64_t& edge : size) edge = std::max<std::int64_t>(1, edge >> octave);
    return size;
  }

  /// Share of the first rate that is left at this step.
  [[nodiscard]] double decay() const {
    const double way = std::min(1.0, static_cast<double>(steps_here_) / planned_here_);
    return last_rate + (1 - last_rate) * 0.5 * (1 + std::cos(std::numbers::pi * way));
  }

  double step_size_;
  int steps_ = 0;                          // in the whole run
  int steps_here_ = 0, planned_here_ = 1;  // at this size
  std::array<Moments, octaves> moments_;
  at::Tensor average_;
};

}  // namespace

std::unique_ptr<Optimizer> make_adam(double step_size) {
  return std::make_unique<Adam>(step_size);
}

}  // namespace atelier::style
