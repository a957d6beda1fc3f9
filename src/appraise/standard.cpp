// SPDX-License-Identifier: Apache-2.0
#include "appraise/standard.hpp"

#include <ATen/ATen.h>

#include <cmath>

namespace atelier::appraise {

Standard standard_of(const at::Tensor& rows) {
  // A number that never varies tells nothing; it must not be divided by nothing.
  const at::Tensor deviation = rows.std(0, /*unbiased=*/false).clamp_min(1e-6);
  return {rows.mean(0), 1 / (deviation * std::sqrt(static_cast<double>(rows.size(1))))};
}

Linear on_plain(const Linear& head, const Standard& standard) {
  const at::Tensor weights = head.weights * standard.factor.unsqueeze(1);
  return {weights, head.bias - at::mv(weights.t(), standard.mean)};
}

Linear rounded(const Linear& head, const at::Tensor& mean) {
  const at::Tensor weights = head.weights.to(at::kHalf).to(head.weights.scalar_type());
  return {weights, head.bias + at::mv((head.weights - weights).t(), mean)};
}

}  // namespace atelier::appraise
