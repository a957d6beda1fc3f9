// SPDX-License-Identifier: Apache-2.0
#include "style/losses/laplacian.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

namespace atelier::style {
namespace {

at::Tensor pooled(const at::Tensor& rgb, int edge) {
  return at::avg_pool2d(rgb, {edge, edge});
}

/// 4 v less its neighbours, of the inner cells.
at::Tensor laplacian(const at::Tensor& v) {
  const auto height = v.size(2) - 2, width = v.size(3) - 2;
  const auto at = [&](std::int64_t y, std::int64_t x) {
    return v.narrow(2, y, height).narrow(3, x, width);
  };
  return at(1, 1) * 4 - at(0, 1) - at(2, 1) - at(1, 0) - at(1, 2);
}

/// The other way: what each cell gets from `off` at the inner ones.
at::Tensor laplacian_backward(const at::Tensor& off, at::IntArrayRef cells) {
  const at::Tensor sum = at::zeros(cells, off.options());
  const auto add = [&](std::int64_t y, std::int64_t x, double factor) {
    sum.narrow(2, y, off.size(2)).narrow(3, x, off.size(3)).add_(off, factor);
  };
  add(1, 1, 4);
  add(0, 1, -1);
  add(2, 1, -1);
  add(1, 0, -1);
  add(1, 2, -1);
  return sum;
}

/// Means over the inner cells, those that the Laplacian `like` has.
at::Tensor inner_means(const at::Tensor& weights, int edge, const at::Tensor& like) {
  if (!weights.defined()) return {};
  return pooled(weights, edge)
      .narrow(2, 1, like.size(2))
      .narrow(3, 1, like.size(3))
      .to(like.options());
}

}  // namespace

Laplacian::Laplacian(const at::Tensor& content, const at::Tensor& weights) {
  for (const int pool : {4, 16}) {
    if (content.size(2) / pool < 3 || content.size(3) / pool < 3) continue;
    const at::Tensor target = laplacian(pooled(content, pool));
    levels_.push_back({pool, target,
                       std::max(target.square().sum(at::kDouble).item<double>(), 1e-12),
                       inner_means(weights, pool, target)});
  }
}

double Laplacian::operator()(const at::Tensor& rgb, double weight,
                             const at::Tensor& gradient) const {
  double value = 0;
  for (const auto& [pool, target, energy, weights] : levels_) {
    const at::Tensor cells = pooled(rgb, pool);
    const at::Tensor off = laplacian(cells) - target;
    const double share = 1.0 / (energy * static_cast<double>(levels_.size()));
    const at::Tensor counted = weights.defined() ? off * weights : off;
    value += share * (off * counted).sum(at::kDouble).item<double>();
    if (!gradient.defined()) continue;
    const double factor = weight * 2 * share / (static_cast<double>(pool) * pool);
    const at::Tensor by_cells = laplacian_backward(counted, cells.sizes()).mul_(factor);
    const at::Tensor spread = by_cells.repeat_interleave(pool, 2).repeat_interleave(pool, 3);
    gradient.narrow(2, 0, spread.size(2)).narrow(3, 0, spread.size(3)).add_(spread);
  }
  return value;
}

}  // namespace atelier::style
