// SPDX-License-Identifier: Apache-2.0
#include "train/learner.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "atelier/base/error.hpp"

namespace atelier::train {

Learner::Learner(std::string name, Parameters parameters, const LearnerOptions& options)
    : name_(std::move(name)),
      parameters_(std::move(parameters)),
      average_(parameters_.specs(), 0, parameters_.values().device()),
      options_(options),
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
  values.addcdiv_(first_, deviation, -report.rate / first_share);
  const double decay = std::min(options_.average, t / (9 + t));
  average_.values().lerp_(values, 1 - decay);
  gradients.zero_();
  return report;
}

nets::TensorMap Learner::state() const {
  const auto copy = [](const at::Tensor& t) { return t.detach().to(at::kCPU).clone(); };
  return {{name_ + ".parameters", copy(parameters_.values())},
          {name_ + ".average", copy(average_.values())},
          {name_ + ".first_moment", copy(first_)},
          {name_ + ".second_moment", copy(second_)}};
}

void Learner::restore(const nets::TensorMap& state) {
  const at::NoGradGuard no_gradient;
  const std::array<std::pair<const char*, at::Tensor>, 4> parts{
      {{".parameters", parameters_.values()},
       {".average", average_.values()},
       {".first_moment", first_},
       {".second_moment", second_}}};
  for (const auto& [suffix, to] : parts) {
    const auto found = state.find(name_ + suffix);
    if (found == state.end() || found->second.numel() != to.numel()) {
      fail(ErrorKind::bad_input,
           "the checkpoint's {}{} does not fit this model; train into another folder.", name_,
           suffix);
    }
    to.copy_(found->second);
  }
  parameters_.gradients().zero_();
}

}  // namespace atelier::train
