// SPDX-License-Identifier: Apache-2.0
#include "style/losses/relaxed_transport.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <vector>

#include "tensor/parallel.hpp"

namespace atelier::style {
namespace {

constexpr std::int64_t block = 256;  // rows whose distances stand in memory at once
constexpr double tiny = 1e-12;

at::Tensor lengths(const at::Tensor& rows) {
  return rows.square().sum(1, /*keepdim=*/true).sqrt().clamp_min(tiny);
}

/// Rows as the cost sees them: a pair's cost is `constant_x + constant_s - factor * x.s`.
struct Prepared {
  at::Tensor x, s;
  at::Tensor of_x, of_s;  // N x 1 and 1 x M; undefined: none
  double factor = 1, constant = 0;
};

Prepared prepared(const at::Tensor& x, const at::Tensor& style, Cost cost) {
  if (cost == Cost::cosine) {
    return {x / lengths(x), style / lengths(style), {}, {}, 1, 1};
  }
  const at::Tensor centre = style.mean(0, /*keepdim=*/true);
  const double spread = std::max((style - centre).square().sum(1).mean().item<double>(), tiny);
  const at::Tensor a = x - centre, s = style - centre;  // small values round less
  return {a,          s, a.square().sum(1, true) / spread, s.square().sum(1, true).t() / spread,
          2 / spread, 0};
}

/// The nearest of each row and of each column.
struct Nearest {
  at::Tensor row_cost, row_at;        // N
  at::Tensor column_cost, column_at;  // M; undefined: not asked for
};

Nearest nearest(const Prepared& p, const at::Tensor& looked_at, bool columns) {
  const std::int64_t rows = p.x.size(0), blocks = (rows + block - 1) / block;
  std::vector<at::Tensor> row_cost(static_cast<std::size_t>(blocks)), row_at(row_cost),
      column_cost(row_cost), column_at(row_cost);
  const at::Tensor s = p.s.t();
  tensor::parallel_for(blocks, [&](std::int64_t b, int) {
    const at::NoGradGuard no_gradient;  // of this thread
    const std::int64_t begin = b * block, count = std::min(block, rows - begin);
    at::Tensor costs = p.x.narrow(0, begin, count).mm(s).mul_(-p.factor).add_(p.constant);
    if (p.of_x.defined()) costs.add_(p.of_x.narrow(0, begin, count)).add_(p.of_s);
    const auto i = static_cast<std::size_t>(b);
    std::tie(row_cost[i], row_at[i]) = costs.min(1);
    if (!columns) return;
    costs.masked_fill_(looked_at.narrow(0, begin, count).logical_not().unsqueeze(1),
                       std::numeric_limits<double>::infinity());
    std::tie(column_cost[i], column_at[i]) = costs.min(0);
    column_at[i].add_(begin);
  });
  Nearest found{at::cat(row_cost), at::cat(row_at), {}, {}};
  if (columns) {
    const auto [cost, which] = at::stack(column_cost).min(0);
    found.column_cost = cost;
    found.column_at = at::stack(column_at).gather(0, which.unsqueeze(0)).squeeze(0);
  }
  return found;
}

/// The derivative of sum_k weight_k c(x_i(k), s_j(k)) with respect to the rows i(k) of x, added up.
at::Tensor pull(const at::Tensor& x, const Prepared& p, Cost cost, const at::Tensor& rows,
                const at::Tensor& columns, const at::Tensor& weights) {
  const at::Tensor a = p.x.index_select(0, rows), s = p.s.index_select(0, columns);
  at::Tensor each;
  if (cost == Cost::cosine) {
    const at::Tensor cosine = (a * s).sum(1, true);
    each = (a * cosine - s) / lengths(x.index_select(0, rows));
  } else {
    each = (a - s) * p.factor;
  }
  return at::zeros_like(x).index_add_(0, rows, each * weights.unsqueeze(1));
}

}  // namespace

RowsLoss relaxed_transport(const at::Tensor& x, const at::Tensor& weights, const at::Tensor& style,
                           Cost cost, Sides sides, bool with_gradient) {
  const Prepared p = prepared(x, style, cost);
  const at::Tensor looked_at = weights >= 0.5 * weights.max();
  const Nearest found = nearest(p, looked_at, sides == Sides::both);
  const at::Tensor share = weights / weights.sum();
  const double from_picture = (found.row_cost * share).sum(at::kDouble).item<double>();
  const double from_style =
      sides == Sides::both ? found.column_cost.mean(at::kDouble).item<double>() : -1;
  RowsLoss loss{std::max(from_picture, from_style), {}};
  if (!with_gradient) return loss;
  if (sides == Sides::picture || !(from_style > from_picture)) {
    const at::Tensor all = at::arange(x.size(0), found.row_at.options());
    loss.by_rows = pull(x, p, cost, all, found.row_at, share);
  } else {
    const std::int64_t count = style.size(0);
    const at::Tensor all = at::arange(count, found.column_at.options());
    loss.by_rows = pull(x, p, cost, found.column_at, all,
                        at::full({count}, 1.0 / static_cast<double>(count), x.options()));
  }
  return loss;
}

}  // namespace atelier::style
