// SPDX-License-Identifier: Apache-2.0
#include "appraise/outside.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

#include "appraise/logistic.hpp"

namespace atelier::appraise {
namespace {

constexpr std::int64_t quantile_count = 256;

/// Share of known values below each, never 1: half a step of the quantiles is left.
at::Tensor share_below(const at::Tensor& values, const at::Tensor& known) {
  const double step = 1.0 / static_cast<double>(known.size(0));
  return at::searchsorted(known, values).to(at::kDouble) * step * (1 - step);
}

}  // namespace

Outside fit_outside(const at::Tensor& rows, const at::Tensor& classes, std::int64_t count) {
  const Span span = span_of(rows);
  const std::int64_t kept = std::min(Outside::axes_kept, span.coordinates.size(1));
  const std::int64_t first = span.coordinates.size(1) - kept;
  const at::Tensor places = span.coordinates.slice(1, first);
  std::vector<at::Tensor> centres;
  at::Tensor within = at::zeros({kept, kept}, rows.options());
  for (std::int64_t c = 0; c < count; ++c) {
    const at::Tensor of_class = places.index_select(0, (classes == c).nonzero().squeeze(1));
    if (of_class.size(0) == 0) continue;
    centres.push_back(of_class.mean(0));
    const at::Tensor off = of_class - centres.back();
    within += at::mm(off.t(), off);
  }
  within /= static_cast<double>(rows.size(0));
  // A little of a ball, for axes along which classes have no extent.
  within += 1e-3 * within.diagonal().mean() * at::eye(kept, rows.options());
  const at::Tensor whitening = at::linalg_inv(at::linalg_cholesky(within)).t();
  return {at::mm(span.back.slice(1, first), whitening),
          at::mm(at::stack(centres), whitening),
          {},
          {},
          0};
}

at::Tensor doubts_of(const at::Tensor& probabilities) {
  return -(probabilities * probabilities.clamp_min(1e-12).log()).sum(1);
}

at::Tensor distances_of(const Outside& outside, const at::Tensor& rows) {
  const at::Tensor places = at::mm(rows, outside.axes);
  return (places.unsqueeze(1) - outside.centres.unsqueeze(0)).square().sum(2).amin(1);
}

at::Tensor quantiles_of(const at::Tensor& values) {
  return at::quantile(values, at::linspace(0, 1, quantile_count, values.options()));
}

at::Tensor strangeness(const at::Tensor& doubts, const at::Tensor& distances,
                       const at::Tensor& known_doubts, const at::Tensor& known_distances) {
  return -at::log1p(-share_below(doubts, known_doubts)) -
         at::log1p(-share_below(distances, known_distances));
}

double threshold_for(const at::Tensor& strangeness, double false_alarms) {
  return at::quantile(strangeness, 1 - false_alarms).item<double>();
}

}  // namespace atelier::appraise
