// SPDX-License-Identifier: Apache-2.0
#include "appraise/spread.hpp"

#include <ATen/ATen.h>

namespace atelier::appraise {
namespace {

constexpr double ground = 0.2, slope = 1 / 0.4;  // of the map, from which on it is a thing
constexpr double ridge = 0.05;                   // of the weights' sum
constexpr double seed_share = 0.3;
constexpr int rounds = 3;
constexpr double rarest = 1e-3;  // share of places of a class

/// P x (features + 1): of every place its features, and 1.
at::Tensor features_of(const std::vector<at::Tensor>& layers) {
  std::vector<at::Tensor> columns;
  for (const at::Tensor& layer : layers) {
    at::Tensor rows = layer.flatten(1).t().to(at::kDouble);
    rows = rows - rows.mean(0, /*keepdim=*/true);
    const at::Tensor length = rows.square().sum(1).mean().sqrt().clamp_min(1e-12);
    columns.push_back(rows / length);
  }
  columns.push_back(at::ones({columns.front().size(0), 1}, at::kDouble));
  return at::cat(columns, 1);
}

/// What a ridge regression of `wanted` (P) tells of every place; the constant is not held back.
at::Tensor fitted(const at::Tensor& features, const at::Tensor& wanted) {
  const at::Tensor thing = (wanted > 0.5).to(at::kDouble);
  const at::Tensor share = thing.mean();
  const at::Tensor weights =
      thing / share.clamp_min(rarest) + (1 - thing) / (1 - share).clamp_min(rarest);
  const at::Tensor weighted = features * weights.unsqueeze(1);
  at::Tensor held_back = at::ones({features.size(1)}, at::kDouble) * ridge * weights.sum();
  held_back[features.size(1) - 1] = 0;
  const at::Tensor normal = at::matmul(weighted.t(), features) + at::diag(held_back);
  const at::Tensor solution = at::linalg_solve(normal, at::matmul(weighted.t(), wanted));
  return at::matmul(features, solution).clamp(0, 1);
}

}  // namespace

at::Tensor spread(const std::vector<at::Tensor>& layers, const at::Tensor& seed) {
  const at::Tensor features = features_of(layers), start = seed.flatten().to(at::kDouble);
  at::Tensor map = start, told;
  for (int round = 0; round < rounds; ++round) {
    told = fitted(features, ((map - ground) * slope).clamp(0, 1));
    map = seed_share * start + (1 - seed_share) * told;
  }
  return told.reshape(seed.sizes()).to(at::kFloat);
}

}  // namespace atelier::appraise
