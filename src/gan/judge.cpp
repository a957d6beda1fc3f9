// SPDX-License-Identifier: Apache-2.0
#include "gan/judge.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

namespace atelier::gan {
namespace {

constexpr const char* judged_layer = "relu5_1";
constexpr std::int64_t at_once = 16;

struct Moments {
  at::Tensor mean, covariance;
};

Moments moments_of(const at::Tensor& features) {
  const at::Tensor mean = features.mean(0);
  const at::Tensor centred = features - mean;
  return {mean, centred.t().mm(centred) / static_cast<double>(features.size(0) - 1)};
}

at::Tensor angles(const at::Tensor& a, const at::Tensor& b) {
  const auto unit = [](const at::Tensor& x) {
    return x / x.norm(2, 1, /*keepdim=*/true).clamp_min(1e-12);
  };
  return unit(a).mm(unit(b).t()).clamp(-1, 1).acos();
}

/// Distances of rows to others of their own; those to themselves are far.
at::Tensor angles_among(const at::Tensor& x) {
  return angles(x, x).fill_diagonal_(10);
}

}  // namespace

at::Tensor features_of(const nets::Network& net, const at::Tensor& rgb) {
  const at::NoGradGuard no_gradient;
  std::vector<at::Tensor> parts;
  for (std::int64_t i = 0; i < rgb.size(0); i += at_once) {
    const at::Tensor some = rgb.narrow(0, i, std::min(at_once, rgb.size(0) - i));
    parts.push_back(net.forward(some, {judged_layer})
                        .at(judged_layer)
                        .to(at::kFloat)
                        .mean({2, 3})
                        .to(at::kCPU, at::kDouble));
  }
  return at::cat(parts);
}

double frechet_distance(const at::Tensor& a, const at::Tensor& b) {
  const Moments x = moments_of(a), y = moments_of(b);
  const auto root = [](const at::Tensor& symmetric) {
    const auto [values, vectors] = at::linalg_eigh(symmetric);
    return vectors.mul(values.clamp_min(0).sqrt()).mm(vectors.t());
  };
  // (A B)^(1/2) has the trace of (A^(1/2) B A^(1/2))^(1/2), which is symmetric.
  const at::Tensor half = root(x.covariance);
  const at::Tensor values = at::linalg_eigvalsh(half.mm(y.covariance).mm(half));
  const at::Tensor distance = (x.mean - y.mean).square().sum() + x.covariance.trace() +
                              y.covariance.trace() - 2 * values.clamp_min(0).sqrt().sum();
  return distance.item<double>();
}

double energy_distance(const at::Tensor& a, const at::Tensor& b) {
  const auto among = [](const at::Tensor& x) {
    const auto n = static_cast<double>(x.size(0));
    return at::cdist(x, x).sum().item<double>() / std::max(n * (n - 1), 1.0);
  };
  return 2 * at::cdist(a, b).mean().item<double>() - among(a) - among(b);
}

Nearest nearest(const at::Tensor& from, const at::Tensor& among) {
  const auto [distance, place] = angles(from, among).min(1);
  return {place, distance};
}

Likeness likeness(const at::Tensor& samples, const at::Tensor& pictures) {
  const auto mean_distance = [](const at::Tensor& x) {
    const auto n = static_cast<double>(x.size(0));
    return angles(x, x).fill_diagonal_(0).sum().item<double>() / (n * (n - 1));
  };
  const auto median = [](const at::Tensor& x) { return x.median().item<double>(); };
  const at::Tensor own = std::get<0>(angles_among(pictures).min(1));
  return {frechet_distance(samples, pictures),
          median(nearest(samples, pictures).distance) / std::max(median(own), 1e-12),
          mean_distance(samples) / std::max(mean_distance(pictures), 1e-12)};
}

}  // namespace atelier::gan
