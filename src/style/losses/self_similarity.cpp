// SPDX-License-Identifier: Apache-2.0
#include "style/losses/self_similarity.hpp"

#include <ATen/ATen.h>

namespace atelier::style {
namespace {

constexpr double tiny = 1e-12;

at::Tensor lengths(const at::Tensor& rows) {
  return rows.square().sum(1, /*keepdim=*/true).sqrt().clamp_min(tiny);
}

struct Distances {
  at::Tensor unit;     // N x C, rows of length 1
  at::Tensor columns;  // 1 x N, sums
  at::Tensor shares;   // N x N, columns sum to 1
};

Distances distances(const at::Tensor& x) {
  Distances result;
  result.unit = x / lengths(x);
  at::Tensor d = result.unit.mm(result.unit.t()).neg_().add_(1);
  result.columns = d.sum(0, true).clamp_min(tiny);
  result.shares = d.div_(result.columns);
  return result;
}

}  // namespace

SelfSimilarity::SelfSimilarity(const at::Tensor& photograph, const at::Tensor& weights)
    : target_(distances(photograph).shares),
      weights_(weights.defined() ? weights.reshape({1, -1})
                                 : at::ones({1, photograph.size(0)}, photograph.options())) {}

RowsLoss SelfSimilarity::operator()(const at::Tensor& x, bool with_gradient) const {
  const auto count = static_cast<double>(x.size(0));
  const double rounding = 0.01 / count;
  const Distances d = distances(x);
  const at::Tensor off = d.shares - target_;
  const at::Tensor size = (off.square() + rounding * rounding).sqrt();
  RowsLoss loss{((size - rounding) * weights_).sum(at::kDouble).item<double>() / count, {}};
  if (!with_gradient) return loss;
  const at::Tensor by_shares = (off / size).mul_(weights_).div_(count);
  const at::Tensor by_distances = (by_shares - (by_shares * d.shares).sum(0, true)).div_(d.columns);
  const at::Tensor by_unit = (by_distances + by_distances.t()).mm(d.unit).neg_();
  loss.by_rows = (by_unit - d.unit * (by_unit * d.unit).sum(1, true)).div_(lengths(x));
  return loss;
}

}  // namespace atelier::style
