// SPDX-License-Identifier: Apache-2.0
#include "train/learner.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>
#include <vector>

#include "atelier/base/error.hpp"
#include "train/orthogonal.hpp"

namespace atelier::train {

Learner::Learner(std::string name, Parameters parameters, const LearnerOptions& options)
    : name_(std::move(name)),
      parameters_(std::move(parameters)),
      average_(parameters_.specs(), 0, parameters_.values().device()),
      options_(options),
      matrices_(matrices_of(parameters_)),
      first_(at::zeros_like(parameters_.values())),
      second_(at::zeros_like(parameters_.values())) {
  average_.values().copy_(parameters_.values());
}

void Learner::begin_from(const nets::TensorMap& tensors) {
  parameters_.load(tensors);
  average_.load(tensors);
}

Learner::Report Learner::step(std::int64_t step, Group& group) {
  const at::NoGradGuard no_gradient;
  const at::Tensor& gradients = parameters_.gradients();
  const at::Tensor& values = parameters_.values();
  group.average(gradients);
  Report report{options_.schedule.at(step), gradients.norm().item<double>(), true};
  if (!std::isfinite(report.norm)) {
    report.taken = false;
    gradients.zero_();
    return report;
  }
  if (options_.clip > 0 && report.norm > options_.clip) {
    gradients.mul_(options_.clip / report.norm);
  }
  const auto t = static_cast<double>(step + 1);
  first_.mul_(options_.beta1).add_(gradients, 1 - options_.beta1);
  second_.mul_(options_.beta2).addcmul_(gradients, gradients, 1 - options_.beta2);
  if (options_.weight_decay > 0) values.mul_(1 - report.rate * options_.weight_decay);
  const double first_share = 1 - std::pow(options_.beta1, t);
  const at::Tensor deviation =
      second_.div(1 - std::pow(options_.beta2, t)).sqrt_().add_(options_.epsilon);
  at::Tensor direction = (first_ / first_share).div_(deviation);
  if (options_.orthogonal) direction = with_turned_matrices(direction);
  values.add_(direction, -report.rate);
  const double decay = std::min(options_.average, t / (9 + t));
  average_.values().lerp_(values, 1 - decay);
  gradients.zero_();
  return report;
}

std::vector<Learner::Matrices> Learner::matrices_of(const Parameters& parameters) {
  constexpr std::int64_t least = 8;  // rows and columns, below which AdamW is as good
  std::map<std::pair<std::int64_t, std::int64_t>, std::vector<at::Tensor>> places;
  std::int64_t at = 0;
  for (const ParameterSpec& spec : parameters.specs()) {
    const std::int64_t start = std::exchange(at, at + count_of(spec));
    if (spec.shape.size() < 2 || spec.table) continue;
    // A stack of matrices where there are three dimensions; filters are rows.
    const std::int64_t stack = spec.shape.size() == 3 ? spec.shape[0] : 1;
    const std::int64_t rows = spec.shape[spec.shape.size() == 3 ? 1 : 0];
    const std::int64_t columns = count_of(spec) / (stack * rows);
    if (std::min(rows, columns) < least) continue;
    places[{rows, columns}].push_back(at::arange(start, at, at::kLong));
  }
  std::vector<Matrices> all;
  for (const auto& [shape, where] : places) {
    all.push_back({shape.first, shape.second, at::cat(where).to(parameters.values().device())});
  }
  return all;
}

at::Tensor Learner::with_turned_matrices(const at::Tensor& direction) {
  constexpr double change = 0.2;  // of a weight in the root mean square, in learning rates
  const at::Tensor ahead = parameters_.gradients().lerp(first_, options_.beta1);
  std::vector<at::Tensor> parts{direction};
  for (const Matrices& m : matrices_) {
    const double length = change * std::sqrt(static_cast<double>(std::max(m.rows, m.columns)));
    const at::Tensor these = ahead.index_select(0, m.where).view({-1, m.rows, m.columns});
    parts.push_back((orthogonalised(these) * length).flatten());
  }
  if (!source_.defined()) {
    source_ = at::arange(direction.numel(), direction.options().dtype(at::kLong));
    std::int64_t at = direction.numel();
    for (const Matrices& m : matrices_) {
      const std::int64_t count = m.where.numel();
      source_.index_put_({m.where}, at::arange(at, at + count, source_.options()));
      at += count;
    }
  }
  return at::cat(parts).index_select(0, source_);
}

nets::TensorMap Learner::state() const {
  const auto copy = [](const at::Tensor& t) { return t.detach().to(at::kCPU).clone(); };
  return {{name_ + ".parameters", copy(parameters_.values())},
          {name_ + ".average", copy(average_.values())},
          {name_ + ".first_moment", copy(first_)},
          {name_ + ".second_moment", copy(second_)}};
}

void Learner::take(const nets::TensorMap& state, const char* part, const at::Tensor& to) const {
  const auto found = state.find(name_ + part);
  if (found == state.end() || found->second.numel() != to.numel()) {
    fail(ErrorKind::bad_input,
         "the checkpoint's {}{} does not fit this model; train into another folder, with the "
         "options of that run's networks.",
         name_, part);
  }
  const at::NoGradGuard no_gradient;
  to.copy_(found->second);
}

void Learner::begin_from_state(const nets::TensorMap& state) {
  take(state, ".parameters", parameters_.values());
  const at::NoGradGuard no_gradient;
  average_.values().copy_(parameters_.values());
}

void Learner::restore(const nets::TensorMap& state) {
  take(state, ".parameters", parameters_.values());
  take(state, ".average", average_.values());
  take(state, ".first_moment", first_);
  take(state, ".second_moment", second_);
  parameters_.gradients().zero_();
}

}  // namespace atelier::train
