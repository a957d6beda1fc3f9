// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "style/losses/rows.hpp"

namespace atelier::style {

/// How alike the parts of a picture are to each other, compared with how alike those of the
/// photograph are; fixed at construction. With D_ij = 1 - cos(x_i, x_j) and columns that sum to 1,
/// P = D / sum_i D_ij, it is
///   mean_j w_j sum_i sqrt((P_ij - Q_ij)^2 + e^2) - e,   e = 0.01 / N,
/// Q being the photograph's P: 0 where they agree, 2 at most. A picture may change all of its
/// features and keep its forms.
///
/// Source: Kolkin, Salavon, Shakhnarovich, CVPR 2019, eq. 7. Differs: the absolute value is rounded
/// off near 0, so that the loss has a gradient there; columns may have weights w.
class SelfSimilarity {
 public:
  /// `photograph`: N x C, at least two rows. `weights`: N, 0..1; undefined: 1.
  explicit SelfSimilarity(const at::Tensor& photograph, const at::Tensor& weights = {});

  /// `x`: N x C of the same floating type.
  [[nodiscard]] RowsLoss operator()(const at::Tensor& x, bool with_gradient) const;

 private:
  at::Tensor target_;   ///< N x N
  at::Tensor weights_;  ///< 1 x N
};

}  // namespace atelier::style
