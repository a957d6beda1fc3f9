// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::appraise {

/// A linear head: rows * weights + bias, N x D to N x C, float64.
struct Linear {
  at::Tensor weights;  ///< D x C
  at::Tensor bias;     ///< C

  [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const;
};

/// Multinomial logistic regression: the head that minimises
///   sum_i w_i (-log softmax(z_i)[class_i]) / sum_i w_i + penalty / 2 * |weights|^2,
/// by L-BFGS with strong Wolfe conditions (Nocedal, Wright, "Numerical Optimization", 2nd ed.,
/// algorithms 7.5 and 3.5; libtorch's), from zero, in double precision, to a gradient of 1e-6 or
/// 300 steps. The function is convex: there is one answer, and chance has no say.
///
/// `rows`: N x D float64. `classes`: N int64, 0 .. count - 1. `weights`: N float64, above 0.
/// `penalty`: above 0.
[[nodiscard]] Linear fit_logistic(const at::Tensor& rows, const at::Tensor& classes,
                                  std::int64_t count, const at::Tensor& weights, double penalty);

/// Ridge regression (Hoerl, Kennard 1970): the head that minimises
///   mean_i |z_i - target_i|^2 + penalty * |weights|^2,
/// in closed form; the bias is not punished. `targets`: N x C float64.
[[nodiscard]] Linear fit_ridge(const at::Tensor& rows, const at::Tensor& targets, double penalty);

/// Rows in coordinates of their own span: `rows` = coordinates * basis, with orthogonal columns of
/// coordinates and at most N of them. A head with a penalty on |weights| is the same in both, and
/// N x N numbers are quicker to fit than N x D.
struct Span {
  at::Tensor coordinates;  ///< N x R, float64
  at::Tensor back;         ///< D x R: rows * back = coordinates; head.weights = back * (R x C)
};
[[nodiscard]] Span span_of(const at::Tensor& rows);

/// A head on coordinates as a head on the rows themselves.
[[nodiscard]] Linear on_rows(const Linear& head, const Span& span);

}  // namespace atelier::appraise
