// SPDX-License-Identifier: Apache-2.0
#include "appraise/logistic.hpp"

#include <ATen/ATen.h>
#include <torch/optim/lbfgs.h>

namespace atelier::appraise {

at::Tensor Linear::operator()(const at::Tensor& rows) const {
  return at::addmm(bias, rows, weights);
}

Linear fit_logistic(const at::Tensor& rows, const at::Tensor& classes, std::int64_t count,
                    const at::Tensor& weights, double penalty) {
  constexpr int most_steps = 300, memory = 20;
  const at::TensorOptions options = rows.options();
  at::Tensor matrix = at::zeros({rows.size(1), count}, options);
  at::Tensor bias = at::zeros({count}, options);
  const at::Tensor wanted = at::one_hot(classes, count).to(rows.scalar_type());
  const at::Tensor share = (weights / weights.sum()).unsqueeze(1);
  torch::optim::LBFGS solver({matrix, bias}, torch::optim::LBFGSOptions(1)
                                                 .max_iter(most_steps)
                                                 .history_size(memory)
                                                 .tolerance_grad(1e-6)
                                                 .tolerance_change(1e-10)
                                                 .line_search_fn("strong_wolfe"));
  solver.step([&] {
    const at::NoGradGuard by_hand;  // the solver would have libtorch differentiate
    const at::Tensor logs = at::log_softmax(at::addmm(bias, rows, matrix), 1);
    const at::Tensor off = (logs.exp() - wanted) * share;
    matrix.mutable_grad() = at::addmm(matrix, rows.t(), off, penalty);
    bias.mutable_grad() = off.sum(0);
    return -(logs * wanted * share).sum() + penalty / 2 * matrix.square().sum();
  });
  return {matrix.detach(), bias.detach()};
}

Linear fit_ridge(const at::Tensor& rows, const at::Tensor& targets, double penalty) {
  const at::Tensor mean = rows.mean(0), middle = targets.mean(0);
  const at::Tensor x = rows - mean, y = targets - middle;
  const double count = static_cast<double>(rows.size(0));
  const at::Tensor normal =
      at::mm(x.t(), x) / count + penalty * at::eye(rows.size(1), rows.options());
  const at::Tensor factor = at::linalg_cholesky(normal);
  const at::Tensor weights = at::cholesky_solve(at::mm(x.t(), y) / count, factor);
  return {weights, middle - at::mv(weights.t(), mean)};
}

Span span_of(const at::Tensor& rows) {
  const auto [values, vectors] = at::linalg_eigh(at::mm(rows, rows.t()));
  // Squared lengths along the axes, ascending; what is a rounding error of the longest is none.
  const at::Tensor kept = values > values.max() * 1e-10;
  const at::Tensor lengths = values.masked_select(kept).sqrt();
  const at::Tensor axes = vectors.index_select(1, kept.nonzero().squeeze(1));
  return {axes * lengths, at::mm(rows.t(), axes / lengths)};
}

Linear on_rows(const Linear& head, const Span& span) {
  return {at::mm(span.back, head.weights), head.bias};
}

}  // namespace atelier::appraise
