// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::style {

/// The value of a loss of N x C rows (one feature vector each) and its derivative with respect to
/// them, N x C; undefined when not asked for.
struct RowsLoss {
  double value = 0;
  at::Tensor by_rows;
};

}  // namespace atelier::style
