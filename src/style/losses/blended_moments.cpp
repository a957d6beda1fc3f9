// SPDX-License-Identifier: Apache-2.0
#include "style/losses/blended_moments.hpp"

#include <ATen/ATen.h>

#include <algorithm>

namespace atelier::style {
namespace {

constexpr double raised_by = 1e-9, settled = 1e-4;
constexpr int most_rounds = 20;

/// A symmetric matrix's root and the root's inverse.
struct Roots {
  at::Tensor root, inverse;
};

/// `least`: eigenvalues are taken to be no smaller.
Roots roots_of(const at::Tensor& matrix, double least) {
  const auto [values, vectors] = at::linalg_eigh(matrix);
  const at::Tensor roots = values.clamp_min(least).sqrt();
  return {(vectors * roots).mm(vectors.t()), (vectors / roots).mm(vectors.t())};
}

at::Tensor weighted_mean(const std::vector<WeightedMoments>& styles) {
  at::Tensor mean = at::zeros_like(styles.front().moments.mean);
  for (const auto& [weight, moments] : styles) mean.add_(moments.mean, weight);
  return mean;
}

}  // namespace

Moments mixture(const std::vector<WeightedMoments>& styles) {
  Moments mixed{weighted_mean(styles), at::zeros_like(styles.front().moments.covariance), 0};
  for (const auto& [weight, moments] : styles) {
    mixed.covariance.add_(gram_matrix(moments), weight);
    mixed.positions += weight * moments.positions;
  }
  mixed.covariance.sub_(mixed.mean.outer(mixed.mean));
  return mixed;
}

Moments barycentre(const std::vector<WeightedMoments>& styles) {
  Moments mixed{weighted_mean(styles), at::zeros_like(styles.front().moments.covariance), 0};
  double greatest = 0;
  for (const auto& [weight, moments] : styles) {
    mixed.covariance.add_(moments.covariance, weight);
    mixed.positions += weight * moments.positions;
    greatest = std::max(greatest, moments.covariance.diagonal().max().item<double>());
  }
  const double least = std::max(raised_by * greatest, 1e-300);
  const at::Tensor raise = at::eye(mixed.mean.size(0), mixed.mean.options()) * least;
  mixed.covariance.add_(raise);
  for (int round = 0; round < most_rounds; ++round) {
    const Roots now = roots_of(mixed.covariance, least);
    at::Tensor sum = at::zeros_like(mixed.covariance);
    for (const auto& [weight, moments] : styles) {
      const at::Tensor seen = now.root.mm(moments.covariance + raise).mm(now.root);
      sum.add_(roots_of(seen, least * least).root, weight);
    }
    const at::Tensor half = sum.mm(now.inverse);
    const at::Tensor next = half.t().mm(half);
    const double change = (next - mixed.covariance).norm().item<double>();
    mixed.covariance = next;
    if (change <= settled * next.norm().item<double>()) break;
  }
  return mixed;
}

Moments blended_moments(std::string_view loss, const std::vector<WeightedMoments>& styles) {
  return loss == "gram" ? mixture(styles) : barycentre(styles);
}

}  // namespace atelier::style
