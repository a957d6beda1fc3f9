// SPDX-License-Identifier: Apache-2.0
#include "fast/gaussian_distance.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

namespace atelier::fast {
namespace {

/// Of the trace by channel, added to the diagonal: less than what the sums are exact to.
constexpr double jitter = 1e-8;
/// The roots lie between this and 1, once divided by the greatest: the damping bounds them.
constexpr double least_root = 1e-6;

at::Tensor as_matrices(const at::Tensor& numbers) {  // N to N x 1 x 1
  return numbers.view({-1, 1, 1});
}

at::Tensor traces(const at::Tensor& matrices) {
  return matrices.diagonal(0, 1, 2).sum(1);
}

struct Roots {
  at::Tensor root, inverse;
};

/// Of positive definite matrices, N x C x C.
Roots roots_of(const at::Tensor& matrices) {
  constexpr double exact = 1 - 1e-14;
  const at::Tensor norm = matrices.square().sum({1, 2}).sqrt();
  const at::Tensor eye = at::eye(matrices.size(1), matrices.options()).expand_as(matrices);
  at::Tensor y = matrices / as_matrices(norm), z = eye;
  bool last = false;
  for (double low = least_root; !last;) {
    // Each root s becomes m s (3 - m^2 s^2) / 2, which is the same at both ends of low..1.
    last = low > exact;
    const double m = std::sqrt(3 / (1 + low + low * low));
    low = std::min(1.0, 0.5 * m * low * (3 - m * m * low * low));
    const at::Tensor turn = at::baddbmm(eye, z, y, 1.5 * m, -0.5 * m * m * m);
    y = y.bmm(turn);
    z = turn.bmm(z);
  }
  const at::Tensor scale = norm.sqrt();
  return {y * as_matrices(scale), z / as_matrices(scale)};
}

}  // namespace

BatchMoments batch_moments(const at::Tensor& features) {
  const at::Tensor f = features.to(at::kDouble).flatten(2);  // N x C x n
  const at::Tensor mean = f.mean(2, /*keepdim=*/true);
  const at::Tensor off = f - mean;
  return {mean.squeeze(2), off.bmm(off.transpose(1, 2)) / static_cast<double>(f.size(2))};
}

GaussianTarget gaussian_target(const at::Tensor& mean, const at::Tensor& covariance) {
  const auto channels = static_cast<double>(mean.size(0));
  GaussianTarget target;
  target.mean = mean;
  target.trace = covariance.trace();
  target.energy = (target.trace + mean.square().sum()).clamp_min(1e-12);
  target.damping = 0.01 * target.trace / channels + 1e-12;
  const at::Tensor sound = covariance + at::eye(mean.size(0), mean.options()) *
                                            (jitter * target.trace / channels + 1e-24);
  target.factor = std::get<0>(at::linalg_cholesky_ex(sound));
  return target;
}

GaussianDistances gaussian_distances(const std::vector<const GaussianTarget*>& targets,
                                     const BatchMoments& seen, bool with_derivatives) {
  const auto stacked = [&](const at::Tensor GaussianTarget::*part) {
    std::vector<at::Tensor> all;
    for (const GaussianTarget* target : targets) all.push_back(target->*part);
    return at::stack(all);
  };
  const at::Tensor factor = stacked(&GaussianTarget::factor);
  const at::Tensor energy = stacked(&GaussianTarget::energy);
  const at::Tensor damping = stacked(&GaussianTarget::damping);
  const std::int64_t channels = seen.mean.size(1);
  const at::Tensor eye = at::eye(channels, seen.mean.options());
  const at::Tensor product =
      factor.transpose(1, 2).bmm(seen.covariance).bmm(factor) + as_matrices(damping.square()) * eye;
  const Roots roots = roots_of((product + product.transpose(1, 2)) / 2);
  const at::Tensor off = seen.mean - stacked(&GaussianTarget::mean);
  const at::Tensor overlap = traces(roots.root) - damping * static_cast<double>(channels);
  GaussianDistances result;
  result.values = (off.square().sum(1) + traces(seen.covariance) + stacked(&GaussianTarget::trace) -
                   2 * overlap) /
                  energy;
  if (with_derivatives) {
    result.by_mean = off * (2 / energy).unsqueeze(1);
    result.by_covariance =
        (eye - factor.bmm(roots.inverse).bmm(factor.transpose(1, 2))) / as_matrices(energy);
  }
  return result;
}

}  // namespace atelier::fast
