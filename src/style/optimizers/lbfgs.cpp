// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "atelier/base/error.hpp"
#include "style/optimizers/optimizer.hpp"
#include "tensor/vectors.hpp"

namespace atelier::style {
namespace {

constexpr std::size_t most_pairs = 10, least_pairs = 3;
constexpr std::size_t most_history_bytes = 600'000'000;  // fewer pairs of a large picture are kept
constexpr double rise_allowed = 1e-3;                    // of the loss, before a step is taken back
constexpr double shortening = 0.25;
constexpr int most_shortenings = 4;

double product_sum(const at::Tensor& a, const at::Tensor& b) {
  return tensor::inner_products({&a, 1}, b).front();
}

/// P g = g + 1/4 U P' U^T g, where U enlarges a picture twice and P' is the same for the smaller
/// picture. What a region has in common counts once an octave, not once a pixel: forms and colours
/// of regions move as fast as grain.
at::Tensor across_octaves(const at::Tensor& g, int octaves) {
  const auto height = g.size(2), width = g.size(3);
  if (octaves == 1 || std::min(height, width) < 2) return g.clone();
  const at::Tensor gathered = at::upsample_bilinear2d_backward(
      g, {height, width}, {1, g.size(1), height / 2, width / 2}, /*align_corners=*/false);
  const at::Tensor shared = across_octaves(gathered, octaves - 1);
  return at::upsample_bilinear2d(shared, {height, width}, /*align_corners=*/false)
      .mul_(0.25)
      .add_(g);
}

at::Tensor across_octaves(const at::Tensor& g) {
  constexpr int octaves = 7;
  return across_octaves(g, octaves);
}

std::size_t picture_bytes(image::Size size) {
  return 3 * sizeof(float) * static_cast<std::size_t>(size.width) *
         static_cast<std::size_t>(size.height);
}

/// How many pairs of step and change are kept.
std::size_t pairs_of(image::Size size) {
  return std::clamp(most_history_bytes / (2 * picture_bytes(size)), least_pairs, most_pairs);
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
    if (shortened_ == most_shortenings) forget();
    shortened_ = 0;

    const at::Tensor held = ((x <= 0) & (gradient > 0)) | ((x >= 1) & (gradient < 0));
    const at::Tensor g = gradient.masked_fill(held, 0);
    if (steps_.empty()) {
      const at::Tensor p = across_octaves(g);
      direction_ = -p * first_scale(p);
    } else {
      direction_ = -inverse_hessian_times(g);
    }
    direction_.masked_fill_(held, 0);
    if (product_sum(direction_, g) > 0) {
      forget();
      direction_ = -g * first_scale(g);
    }
    last_x_ = x;
    last_gradient_ = gradient;
    last_loss_ = loss;
    return (x + direction_).clamp_(0, 1);
  }

  void begin(image::Size size, int /*steps*/) override {
    history_size_ = pairs_of(size);
    forget();
    last_x_ = at::Tensor();
    shortened_ = 0;
    last_loss_ = std::numeric_limits<double>::infinity();
  }

 private:
  /// Makes a step along `g` have a root-mean-square of step_size_.
  [[nodiscard]] double first_scale(const at::Tensor& g) const {
    const double rms = std::sqrt(product_sum(g, g) / static_cast<double>(g.numel()));
    return rms > 0 ? step_size_ / rms : 0;
  }

  void forget() {
    steps_.clear();
    changes_.clear();
    products_.clear();
  }

  /// Keeps a pair of step and change of gradient when its curvature is positive beyond rounding.
  void remember(const at::Tensor& s, const at::Tensor& y) {
    const double sy = product_sum(s, y);
    if (sy <= 1e-8 * std::sqrt(product_sum(s, s) * product_sum(y, y))) return;
    if (steps_.size() == history_size_) {
      steps_.erase(steps_.begin());
      changes_.erase(changes_.begin());
      products_.erase(products_.begin());
      for (auto& row : products_) row.erase(row.begin());
    }
    const std::vector<double> with_steps = tensor::inner_products(steps_, y);
    for (std::size_t i = 0; i < steps_.size(); ++i) products_[i].push_back(with_steps[i]);
    products_.push_back(tensor::inner_products(changes_, s));
    products_.back().push_back(sy);
    steps_.push_back(s);
    changes_.push_back(y);
  }

  /// Two-loop recursion, by products that are known already, so that each vector is read four times
  /// in all.
  [[nodiscard]] at::Tensor inverse_hessian_times(const at::Tensor& g) const {
    const std::size_t count = steps_.size();
    std::vector<double> alpha = tensor::inner_products(steps_, g);
    for (std::size_t i = count; i-- > 0;) {
      for (std::size_t j = i + 1; j < count; ++j) alpha[i] += alpha[j] * products_[i][j];
      alpha[i] /= -products_[i][i];
    }
    at::Tensor r = g.clone();
    tensor::add_combination(changes_, alpha, r);
    const at::Tensor& y = changes_.back();
    r = across_octaves(r).mul_(products_[count - 1][count - 1] / product_sum(y, across_octaves(y)));
    std::vector<double> beta = tensor::inner_products(changes_, r);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < i; ++j) beta[i] += beta[j] * products_[j][i];
      beta[i] = -alpha[i] - beta[i] / products_[i][i];
    }
    tensor::add_combination(steps_, beta, r);
    return r;
  }

  double step_size_;
  std::size_t history_size_ = most_pairs;
  std::vector<at::Tensor> steps_, changes_;    // s and y, oldest first
  std::vector<std::vector<double>> products_;  // [i][j] = s_i y_j
  at::Tensor last_x_, last_gradient_, direction_;
  int shortened_ = 0;
  double last_loss_ = std::numeric_limits<double>::infinity();
};

}  // namespace

std::unique_ptr<Optimizer> make_lbfgs(double step_size) {
  return std::make_unique<Lbfgs>(step_size);
}

double optimizer_bytes(std::string_view name, image::Size size) {
  // Beside pairs, L-BFGS keeps the last picture, gradient and direction; Adam two moments an octave
  // and its average.
  const double pictures =
      name == "adam" ? 2 * 4.0 / 3 + 1 : 3 + 2 * static_cast<double>(pairs_of(size));
  return pictures * static_cast<double>(picture_bytes(size));
}

std::unique_ptr<Optimizer> make_optimizer(std::string_view name, double step_size) {
  if (name == "adam") return make_adam(step_size > 0 ? step_size : 0.04);
  if (name == "lbfgs") return make_lbfgs(step_size > 0 ? step_size : 0.02);
  fail(ErrorKind::invalid_argument, "there is no optimizer '{}'; use adam or lbfgs.", name);
}

}  // namespace atelier::style
