// SPDX-License-Identifier: Apache-2.0
#include "style/losses/histogram.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "tensor/parallel.hpp"

namespace atelier::style {
namespace {

constexpr int bins = Histogram::bins;

/// The bin below a value and how far it lies towards the next one, 0..1.
struct Place {
  int bin;
  double part;
};
Place place(double value, double scale) {
  const double at = std::clamp(value * scale, 0.0, static_cast<double>(bins - 1));
  const int bin = std::min(static_cast<int>(at), bins - 2);
  return {bin, at - bin};
}

/// Values of a region as n x C in memory, on the processor.
at::Tensor rows_of(const at::Tensor& features, const Region& region) {
  return positions(features, region).t().to(at::kCPU);
}

at::Tensor weights_of(const at::Tensor& weights) {
  return weights.defined() ? weights.reshape({-1}).to(at::kCPU, at::kDouble).contiguous() : weights;
}

std::vector<double> scales(const std::vector<double>& limits) {
  std::vector<double> result(limits);
  for (double& limit : result) limit = (bins - 1) / limit;
  return result;
}

/// Calls `f(channel, position, value)` for each value; channels side by side by 16.
template <class F>
void for_each_value(const at::Tensor& rows, const F& f) {
  constexpr std::int64_t together = 16;
  const std::int64_t channels = rows.size(1), count = rows.size(0), step = rows.stride(0),
                     across = rows.stride(1);
  AT_DISPATCH_FLOATING_TYPES(rows.scalar_type(), "histogram", [&] {
    const scalar_t* values = rows.data_ptr<scalar_t>();
    tensor::parallel_for((channels + together - 1) / together, [&](std::int64_t block, int) {
      const std::int64_t begin = block * together, end = std::min(channels, begin + together);
      for (std::int64_t i = 0; i < count; ++i) {
        for (std::int64_t c = begin; c < end; ++c) {
          f(c, i, static_cast<double>(values[i * step + c * across]));
        }
      }
    });
  });
}

}  // namespace

Histogram::Histogram(std::vector<double> limits)
    : limits_(std::move(limits)), sums_(limits_.size() * bins) {}

void Histogram::add(const at::Tensor& features, const Region& region, const at::Tensor& weights) {
  if (region.positions() == 0) return;
  const at::Tensor rows = rows_of(features, region), given = weights_of(weights);
  const double* weight = given.defined() ? given.data_ptr<double>() : nullptr;
  const std::vector<double> scale = scales(limits_);
  for_each_value(rows, [&](std::int64_t c, std::int64_t i, double value) {
    const auto [bin, part] = place(value, scale[static_cast<std::size_t>(c)]);
    const double w = weight ? weight[i] : 1.0;
    double* sums = sums_.data() + c * bins + bin;
    sums[0] += w * (1 - part);
    sums[1] += w * part;
  });
  positions_ += weight ? given.sum().item<double>() : static_cast<double>(rows.size(0));
}

std::vector<double> Histogram::cumulative() const {
  std::vector<double> shares(sums_.size());
  for (std::size_t c = 0; c < limits_.size(); ++c) {
    double sum = 0;
    for (std::size_t k = c * bins; k < (c + 1) * bins; ++k) {
      sum += sums_[k];
      shares[k] = sum / std::max(positions_, 1e-12);
    }
  }
  return shares;
}

HistogramLoss::HistogramLoss(const Histogram& style)
    : limits_(style.limits()), target_(style.cumulative()) {
  double spread = 0;
  for (std::size_t k = 0; k < target_.size(); ++k) {
    spread += target_[k] * (1 - target_[k]) * limits_[k / bins] / (bins - 1);
  }
  spread_ = std::max(spread, 1e-12);
}

HistogramLoss::Value HistogramLoss::operator()(const Histogram& seen) const {
  const std::vector<double> shares = seen.cumulative();
  Value result;
  result.slopes.resize(shares.size());
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const double off = shares[k] - target_[k];
    result.value += off * off * limits_[k / bins] / (bins - 1) / spread_;
    result.slopes[k] = static_cast<float>(-2 * off / spread_);
  }
  return result;
}

void HistogramLoss::add_gradient(const at::Tensor& features, const Region& region,
                                 const std::vector<double>& limits,
                                 const std::vector<float>& slopes, double factor,
                                 const at::Tensor& weights, at::Tensor& gradient) {
  const at::Tensor rows = rows_of(features, region), given = weights_of(weights);
  const double* weight = given.defined() ? given.data_ptr<double>() : nullptr;
  const std::vector<double> scale = scales(limits);
  const at::Tensor added = at::zeros({rows.size(0), rows.size(1)}, rows.options());
  AT_DISPATCH_FLOATING_TYPES(rows.scalar_type(), "histogram", [&] {
    scalar_t* to = added.data_ptr<scalar_t>();
    const std::int64_t channels = rows.size(1);
    for_each_value(rows, [&](std::int64_t c, std::int64_t i, double value) {
      const double at = value * scale[static_cast<std::size_t>(c)];
      if (at <= 0 || at >= bins - 1) return;  // all such values count alike
      const double slope = slopes[static_cast<std::size_t>(c * bins + static_cast<int>(at))];
      to[i * channels + c] = static_cast<scalar_t>(factor * slope * (weight ? weight[i] : 1.0));
    });
  });
  gradient.add_(added.view({1, gradient.size(2), gradient.size(3), rows.size(1)})
                    .permute({0, 3, 1, 2})
                    .to(gradient.options()));
}

}  // namespace atelier::style
