// SPDX-License-Identifier: Apache-2.0
#include "style/compatibility/layer_profile.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "style/losses/statistics.hpp"

namespace atelier::style {
namespace {

/// Eigenvalues below this share of the greatest are rounding of activations, not spread.
constexpr double rank_tolerance = 1e-10;

at::Tensor factor_of(const at::Tensor& covariance) {
  const auto [values, vectors] = at::linalg_eigh(covariance);
  const auto rank = (values > rank_tolerance * values.max()).sum().item<std::int64_t>();
  const auto first = values.size(0) - rank;  // ascending
  return vectors.narrow(1, first, rank) * values.narrow(0, first, rank).sqrt();
}

double squared_norm(const at::Tensor& matrix) {
  return matrix.square().sum().item<double>();
}

/// |A B^T|^2 summed, from the products of the thin factors: tr(A^T A' A'^T A).
double shared_energy(const at::Tensor& a, const at::Tensor& b) {
  return squared_norm(a.t().mm(b));
}

/// The factor of the second moment: the covariance's, and the mean as one more column.
at::Tensor with_mean(const LayerProfile& profile) {
  return at::cat({profile.factor, profile.mean.unsqueeze(1)}, 1);
}

}  // namespace

LayerProfile layer_profile(const at::Tensor& features) {
  LayerProfile profile;
  const std::int64_t channels = features.size(1), count = features.size(2) * features.size(3);
  if (count <= channels) {
    const at::Tensor values = positions(features, whole(features)).to(at::kDouble);
    profile.mean = values.mean(1);
    profile.factor = (values - profile.mean.unsqueeze(1)) / std::sqrt(static_cast<double>(count));
  } else {
    const Moments of = moments(features);
    profile.mean = of.mean;
    profile.factor = factor_of(of.covariance);
  }
  profile.spread = squared_norm(profile.factor);
  profile.energy = std::max(profile.spread + squared_norm(profile.mean), 1e-12);
  return profile;
}

double squared_wasserstein(const LayerProfile& a, const LayerProfile& b) {
  at::Tensor product = a.factor.t().mm(b.factor);
  if (product.size(0) > product.size(1)) product = product.t();
  double overlap = 0;
  if (product.numel() > 0) {
    overlap = at::linalg_eigvalsh(product.mm(product.t())).clamp_min(0).sqrt().sum().item<double>();
  }
  return std::max(squared_norm(a.mean - b.mean) + a.spread + b.spread - 2 * overlap, 0.0);
}

double gram_distance(const LayerProfile& a, const LayerProfile& target) {
  const at::Tensor one = with_mean(a), other = with_mean(target);
  const double own = shared_energy(other, other);
  const double off = shared_energy(one, one) + own - 2 * shared_energy(one, other);
  return std::max(off, 0.0) / std::max(own, 1e-12);
}

}  // namespace atelier::style
