// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "atelier/base/error.hpp"
#include "style/optimizers/optimizer.hpp"
#include "style/optimizers/state.hpp"
#include "tensor/interpolation.hpp"
#include "tensor/spill.hpp"
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
/// of regions move as fast as grain. In place.
void across_octaves(const at::Tensor& g, int octaves) {
  const auto height = static_cast<int>(g.size(2)), width = static_cast<int>(g.size(3));
  if (octaves == 1 || std::min(height, width) < 2) return;
  const tensor::Axis down = tensor::bilinear_axis(height / 2, height);
  const tensor::Axis across = tensor::bilinear_axis(width / 2, width);
  const at::Tensor shared =
      tensor::spillable_zeros({1, g.size(1), height / 2, width / 2}, g.options());
  tensor::interpolate(g, tensor::transposed(down), tensor::transposed(across), shared);
  across_octaves(shared, octaves - 1);
  tensor::by_strips([](const at::Tensor& strip) { strip.mul_(0.25); }, shared);
  tensor::interpolate(shared, down, across, g, /*kept=*/1);
}

void across_octaves(const at::Tensor& g) {
  constexpr int octaves = 7;
  across_octaves(g, octaves);
}

at::Tensor picture_like(const at::Tensor& x) {
  return tensor::spillable_zeros(x.sizes(), x.options());
}

at::Tensor copy_of(const at::Tensor& x) {
  at::Tensor copy = picture_like(x);
  tensor::by_strips([](const at::Tensor& to, const at::Tensor& from) { to.copy_(from); }, copy, x);
  return copy;
}

at::Tensor difference(const at::Tensor& a, const at::Tensor& b) {
  at::Tensor result = picture_like(a);
  tensor::by_strips(
      [](const at::Tensor& to, const at::Tensor& x, const at::Tensor& y) { to.copy_(x).sub_(y); },
      result, a, b);
  return result;
}

void scale(const at::Tensor& x, double factor) {
  tensor::by_strips([&](const at::Tensor& strip) { strip.mul_(factor); }, x);
}

/// Sets what stands for values at a bound that `gradient` would push further to 0.
void clear_held(const at::Tensor& values, const at::Tensor& x, const at::Tensor& gradient) {
  tensor::by_strips(
      [](const at::Tensor& of, const at::Tensor& at_x, const at::Tensor& slope) {
        of.masked_fill_(((at_x <= 0) & (slope > 0)) | ((at_x >= 1) & (slope < 0)), 0);
      },
      values, x, gradient);
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
    if (last_x_.defined()) remember(difference(x, last_x_), difference(gradient, last_gradient_));
    if (loss > (1 + rise_allowed) * last_loss_ && shortened_ < most_shortenings) {
      ++shortened_;
      scale(direction_, shortening);
      return moved(last_x_);
    }
    if (shortened_ == most_shortenings) forget();
    shortened_ = 0;

    const at::Tensor g = copy_of(gradient);
    clear_held(g, x, gradient);
    if (steps_.empty()) {
      direction_ = copy_of(g);
      across_octaves(direction_);
      scale(direction_, -first_scale(direction_));
    } else {
      direction_ = inverse_hessian_times(g);
      scale(direction_, -1);
    }
    clear_held(direction_, x, gradient);
    if (product_sum(direction_, g) > 0) {
      forget();
      direction_ = copy_of(g);
      scale(direction_, -first_scale(g));
    }
    last_x_ = x;
    last_gradient_ = gradient;
    last_loss_ = loss;
    return moved(x);
  }

  void begin(image::Size size, int /*steps*/) override {
    size_ = size;
    history_size_ = pairs_of(size);
    forget();
    last_x_ = at::Tensor();
    shortened_ = 0;
    last_loss_ = std::numeric_limits<double>::infinity();
  }

  nets::TensorMap state() const override {
    nets::TensorMap state;
    const std::size_t pairs = steps_.size();
    state["numbers"] = numbers({static_cast<double>(pairs), static_cast<double>(shortened_),
                                last_loss_, last_x_.defined() ? 1.0 : 0.0});
    if (!last_x_.defined()) return state;
    const auto count = static_cast<std::int64_t>(pairs);
    at::Tensor products = at::zeros({count, count}, at::kDouble);
    for (std::size_t i = 0; i < pairs; ++i) {
      state[pair_name("step", i)] = steps_[i];
      state[pair_name("change", i)] = changes_[i];
      std::copy(products_[i].begin(), products_[i].end(), products.data_ptr<double>() + i * pairs);
    }
    state["products"] = products;
    state["last_x"] = last_x_;
    state["last_gradient"] = last_gradient_;
    state["direction"] = direction_;
    return state;
  }

  void restore(nets::TensorMap state) override {
    const std::vector<double> numbers = taken_numbers(state, "numbers", 4);
    shortened_ = static_cast<int>(numbers[1]);
    last_loss_ = numbers[2];
    if (numbers[3] == 0) return;  // no step was taken at this scale
    const std::vector<std::int64_t> sizes{1, 3, size_.height, size_.width};
    const auto pairs =
        static_cast<std::size_t>(std::clamp(numbers[0], 0.0, static_cast<double>(history_size_)));
    const auto count = static_cast<std::int64_t>(pairs);
    const at::Tensor products = taken(state, "products", {count, count}, at::kDouble);
    for (std::size_t i = 0; i < pairs; ++i) {
      steps_.push_back(taken(state, pair_name("step", i), sizes));
      changes_.push_back(taken(state, pair_name("change", i), sizes));
      const double* row = products.data_ptr<double>() + i * pairs;
      products_.emplace_back(row, row + pairs);
    }
    last_x_ = taken(state, "last_x", sizes);
    last_gradient_ = taken(state, "last_gradient", sizes);
    direction_ = taken(state, "direction", sizes);
  }

 private:
  static std::string pair_name(const char* part, std::size_t i) {
    return fmt::format("{}.{}", part, i);
  }

  /// Makes a step along `g` have a root-mean-square of step_size_.
  [[nodiscard]] double first_scale(const at::Tensor& g) const {
    const double rms = std::sqrt(product_sum(g, g) / static_cast<double>(g.numel()));
    return rms > 0 ? step_size_ / rms : 0;
  }

  [[nodiscard]] at::Tensor moved(const at::Tensor& x) const {
    at::Tensor next = picture_like(x);
    tensor::by_strips([](const at::Tensor& to, const at::Tensor& from,
                         const at::Tensor& step) { to.copy_(from).add_(step).clamp_(0, 1); },
                      next, x, direction_);
    return next;
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
    at::Tensor r = copy_of(g);
    tensor::add_combination(changes_, alpha, r);
    const at::Tensor& y = changes_.back();
    at::Tensor smooth = copy_of(y);
    across_octaves(smooth);
    across_octaves(r);
    scale(r, products_[count - 1][count - 1] / product_sum(y, smooth));
    std::vector<double> beta = tensor::inner_products(changes_, r);
    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < i; ++j) beta[i] += beta[j] * products_[j][i];
      beta[i] = -alpha[i] - beta[i] / products_[i][i];
    }
    tensor::add_combination(steps_, beta, r);
    return r;
  }

  double step_size_;
  image::Size size_;
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

int optimizer_pictures(std::string_view name, image::Size size) {
  // Beside pairs, L-BFGS keeps the last picture, gradient and direction and two on their way; Adam
  // two moments an octave, its average, and one on its way.
  return name == "adam" ? 5 : 5 + 2 * static_cast<int>(pairs_of(size));
}

std::unique_ptr<Optimizer> make_optimizer(std::string_view name, double step_size) {
  if (name == "adam") return make_adam(step_size > 0 ? step_size : 0.04);
  if (name == "lbfgs") return make_lbfgs(step_size > 0 ? step_size : 0.02);
  fail(ErrorKind::invalid_argument, "there is no optimizer '{}'; use adam or lbfgs.", name);
}

}  // namespace atelier::style
