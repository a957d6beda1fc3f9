// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "style/optimizers/optimizer.hpp"
#include "style/optimizers/state.hpp"
#include "tensor/interpolation.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

constexpr double beta1 = 0.95, beta2 = 0.99, averaging = 0.9, epsilon = 1e-12;
constexpr double last_rate = 1.0 / 30;  // of the first
constexpr int octaves = 4;

/// Adam's moments at one octave.
struct Moments {
  at::Tensor first, second;
};

/// Height and width.
using Edges = std::array<int, 2>;

Edges edges_of(const at::Tensor& x) {
  return {static_cast<int>(x.size(2)), static_cast<int>(x.size(3))};
}

at::Tensor zeros_of(Edges edges, const at::Tensor& like) {
  return tensor::spillable_zeros({1, like.size(1), edges[0], edges[1]}, like.options());
}

at::Tensor enlarged(const at::Tensor& x, Edges edges) {
  at::Tensor result = zeros_of(edges, x);
  tensor::interpolate(x, tensor::bilinear_axis(edges_of(x)[0], edges[0]),
                      tensor::bilinear_axis(edges_of(x)[1], edges[1]), result);
  return result;
}

/// The gradient with respect to a smaller picture of which this one is the enlargement.
at::Tensor gradient_at(const at::Tensor& gradient, Edges edges) {
  if (edges == edges_of(gradient)) return gradient;
  at::Tensor result = zeros_of(edges, gradient);
  tensor::interpolate(
      gradient, tensor::transposed(tensor::bilinear_axis(edges[0], edges_of(gradient)[0])),
      tensor::transposed(tensor::bilinear_axis(edges[1], edges_of(gradient)[1])), result);
  return result;
}

class Adam final : public Optimizer {
 public:
  explicit Adam(double step_size) : step_size_(step_size) {}

  at::Tensor step(const at::Tensor& x, double /*loss*/, const at::Tensor& gradient) override {
    ++steps_;
    ++steps_here_;
    const double rate = step_size_ * decay() / (1 - std::pow(beta1, steps_));
    const double correction = 1 / std::sqrt(1 - std::pow(beta2, steps_));
    at::Tensor next = zeros_of(edges_of(x), x);
    tensor::by_strips([](const at::Tensor& to, const at::Tensor& from) { to.copy_(from); }, next,
                      x);
    for (int octave = 0; octave < octaves; ++octave) {
      auto& [first, second] = moments_[octave];
      const Edges edges = edges_at(edges_of(x), octave);
      const at::Tensor slope = gradient_at(gradient, edges);
      if (!first.defined()) {
        first = zeros_of(edges, slope);
        second = zeros_of(edges, slope);
      }
      const at::Tensor move = octave == 0 ? next : zeros_of(edges, slope);
      tensor::by_strips(
          [&](const at::Tensor& to, const at::Tensor& m, const at::Tensor& v, const at::Tensor& g) {
            m.mul_(beta1).add_(g, 1 - beta1);
            v.mul_(beta2).addcmul_(g, g, 1 - beta2);
            to.sub_(m / (v.sqrt() * correction + epsilon), rate);
          },
          move, first, second, slope);
      if (octave > 0) {
        tensor::interpolate(move, tensor::bilinear_axis(edges[0], edges_of(x)[0]),
                            tensor::bilinear_axis(edges[1], edges_of(x)[1]), next, /*kept=*/1);
      }
    }
    if (!average_.defined()) average_ = zeros_of(edges_of(x), x);
    tensor::by_strips(
        [](const at::Tensor& to, const at::Tensor& average) {
          to.clamp_(0, 1);
          average.mul_(averaging).add_(to, 1 - averaging);
        },
        next, average_);
    return next;
  }

  at::Tensor result(const at::Tensor& x) const override {
    if (!average_.defined()) return x;
    at::Tensor result = zeros_of(edges_of(x), x);
    const double whole = 1 - std::pow(averaging, steps_here_);
    tensor::by_strips(
        [&](const at::Tensor& to, const at::Tensor& average) { to.copy_(average).div_(whole); },
        result, average_);
    return result;
  }

  void begin(image::Size size, int steps) override {
    size_ = size;
    average_ = at::Tensor();
    planned_here_ = steps;
    steps_here_ = 0;
    for (int octave = 0; octave < octaves; ++octave) {
      auto& [first, second] = moments_[octave];
      if (!first.defined()) continue;
      const Edges edges = edges_at({size.height, size.width}, octave);
      first = enlarged(first, edges);
      second = enlarged(second, edges);
    }
  }

  nets::TensorMap state() const override {
    nets::TensorMap state;
    const bool moved = moments_.front().first.defined();
    state["numbers"] = numbers({static_cast<double>(steps_), static_cast<double>(steps_here_),
                                moved ? 1.0 : 0.0, average_.defined() ? 1.0 : 0.0});
    for (int octave = 0; moved && octave < octaves; ++octave) {
      state[moment_name("first", octave)] = moments_[octave].first;
      state[moment_name("second", octave)] = moments_[octave].second;
    }
    if (average_.defined()) state["average"] = average_;
    return state;
  }

  void restore(nets::TensorMap state) override {
    const std::vector<double> numbers = taken_numbers(state, "numbers", 4);
    steps_ = static_cast<int>(numbers[0]);
    steps_here_ = static_cast<int>(numbers[1]);
    for (int octave = 0; numbers[2] != 0 && octave < octaves; ++octave) {
      const Edges edges = edges_at({size_.height, size_.width}, octave);
      const std::vector<std::int64_t> sizes{1, 3, edges[0], edges[1]};
      moments_[octave] = {taken(state, moment_name("first", octave), sizes),
                          taken(state, moment_name("second", octave), sizes)};
    }
    if (numbers[3] != 0) average_ = taken(state, "average", {1, 3, size_.height, size_.width});
  }

 private:
  static std::string moment_name(const char* part, int octave) {
    return fmt::format("{}.{}", part, octave);
  }

  /// Halved `octave` times.
  static Edges edges_at(Edges edges, int octave) {
    for (int& edge : edges) edge = std::max(1, edge >> octave);
    return edges;
  }

  /// Share of the first rate that is left at this step.
  [[nodiscard]] double decay() const {
    const double way = std::min(1.0, static_cast<double>(steps_here_) / planned_here_);
    return last_rate + (1 - last_rate) * 0.5 * (1 + std::cos(std::numbers::pi * way));
  }

  double step_size_;
  image::Size size_;
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
