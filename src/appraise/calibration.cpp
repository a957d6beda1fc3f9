// SPDX-License-Identifier: Apache-2.0
#include "appraise/calibration.hpp"

#include <ATen/ATen.h>

#include <cmath>

namespace atelier::appraise {
namespace {

/// Mean of -log of the true class's probability.
double loss(const at::Tensor& logits, const at::Tensor& classes, double temperature) {
  const at::Tensor logs = at::log_softmax(logits / temperature, 1);
  return -logs.gather(1, classes.unsqueeze(1)).mean().item<double>();
}

}  // namespace

double fit_temperature(const at::Tensor& logits, const at::Tensor& classes) {
  const double golden = (std::sqrt(5.0) - 1) / 2;
  double low = std::log(0.05), high = std::log(20.0);
  const auto at = [&](double x) { return loss(logits, classes, std::exp(x)); };
  double left = high - golden * (high - low), right = low + golden * (high - low);
  double at_left = at(left), at_right = at(right);
  while (high - low > 1e-4) {
    if (at_left < at_right) {
      high = right;
      right = left;
      at_right = at_left;
      left = high - golden * (high - low);
      at_left = at(left);
    } else {
      low = left;
      left = right;
      at_left = at_right;
      right = low + golden * (high - low);
      at_right = at(right);
    }
  }
  return std::exp((low + high) / 2);
}

double calibration_error(const at::Tensor& probabilities, const at::Tensor& classes) {
  constexpr std::int64_t bins = 15;
  const auto [surest, found] = probabilities.max(1);
  const at::Tensor right = (found == classes).to(at::kDouble), sure = surest.to(at::kDouble);
  const at::Tensor bin = (sure * bins).ceil().sub(1).clamp(0, bins - 1).to(at::kLong);
  const at::Tensor gaps = at::zeros({bins}, right.options()).index_add(0, bin, right - sure);
  return gaps.abs().sum().item<double>() / static_cast<double>(classes.size(0));
}

}  // namespace atelier::appraise
