// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <cmath>
#include <deque>
#include <limits>

#include "atelier/base/error.hpp"
#include "style/optimizers/optimizer.hpp"

namespace atelier::style {
namespace {

constexpr std::size_t history_size = 12;
constexpr double rise_allowed = 1e-3;  // of the loss, before a step is taken back
constexpr double shortening = 0.25;
constexpr int most_shortenings = 4;

double product_sum(const at::Tensor& a, const at::Tensor& b) {
  return (a * b).sum(at::kDouble).item<double>();
}

class Lbfgs final : public Optimizer {
 public:
  explicit Lbfgs(double step_size) : step_size_(step_size) {}

  at::Tensor step(const at::Tensor& x, double loss, const at::Tensor& gradient) override {
    if (last_x_.defined()) remember(x - last_x_, gradient - last_gradient_);
    if (loss > (1 + rise_allowed) * last_loss_ && shortened_ < most_shortenings) {
      ++shortened_;
      direction_ *= shortening;
      return (last_x_ + direction_).clamp_(0, 1);
    }
    if (shortened_ == most_shortenings) pairs_.clear();
    shortened_ = 0;

    const at::Tensor held = ((x <= 0) & (gradient > 0)) | ((x >= 1) & (gradient < 0));
    const at::Tensor g = gradient.masked_fill(held, 0);
    direction_ = pairs_.empty() ? -g * first_scale(g) : -inverse_hessian_times(g);
    direction_.masked_fill_(held, 0);
    if (product_sum(direction_, g) > 0) {
      pairs_.clear();
      direction_ = -g * first_scale(g);
    }
    last_x_ = x;
    last_gradient_ = gradient;
    last_loss_ = loss;
    return (x + direction_).clamp_(0, 1);
  }

  void begin(image::Size /*size*/, int /*steps*/) override {
    pairs_.clear();
    last_x_ = at::Tensor();
    shortened_ = 0;
    last_loss_ = std::numeric_limits<double>::infinity();
  }

 private:
  struct Pair {
    at::Tensor s, y;
    double rho;
  };

  /// Makes a step along `g` have a root-mean-square of step_size_.
  [[nodiscard]] double first_scale(const at::Tensor& g) const {
    const double rms = std::sqrt(product_sum(g, g) / static_cast<double>(g.numel()));
    return rms > 0 ? step_size_ / rms : 0;
  }

  /// Keeps a pair of step and change of gradient when its curvature is positive beyond rounding.
  void remember(at::Tensor s, at::Tensor y) {
    const double sy = product_sum(s, y);
    if (sy <= 1e-8 * std::sqrt(product_sum(s, s) * product_sum(y, y))) return;
    if (pairs_.size() == history_size) pairs_.pop_front();
    pairs_.push_back({std::move(s), std::move(y), 1 / sy});
  }

  /// Two-loop recursion.
  [[nodiscard]] at::Tensor inverse_hessian_times(const at::Tensor& g) const {
    at::Tensor q = g.clone();
    std::vector<double> alpha(pairs_.size());
    for (std::size_t i = pairs_.size(); i-- > 0;) {
      alpha[i] = pairs_[i].rho * product_sum(pairs_[i].s, q);
      q.add_(pairs_[i].y, -alpha[i]);
    }
    const Pair& newest = pairs_.back();
    q.mul_(1 / (newest.rho * product_sum(newest.y, newest.y)));
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      q.add_(pairs_[i].s, alpha[i] - pairs_[i].rho * product_sum(pairs_[i].y, q));
    }
    return q;
  }

  double step_size_;
  std::deque<Pair> pairs_;
  at::Tensor last_x_, last_gradient_, direction_;
  int shortened_ = 0;
  double last_loss_ = std::numeric_limits<double>::infinity();
};

}  // namespace

std::unique_ptr<Optimizer> make_lbfgs(double step_size) {
  return std::make_unique<Lbfgs>(step_size);
}

std::unique_ptr<Optimizer> make_optimizer(std::string_view name, double step_size) {
  if (name == "adam") return make_adam(step_size > 0 ? step_size : 0.04);
  if (name == "lbfgs") return make_lbfgs(step_size > 0 ? step_size : 0.02);
  fail(ErrorKind::invalid_argument, "there is no optimizer '{}'; use adam or lbfgs.", name);
}

}  // namespace atelier::style
