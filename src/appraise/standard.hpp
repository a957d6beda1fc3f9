// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "appraise/logistic.hpp"

namespace atelier::appraise {

/// Numbers of a row brought to one scale: each with mean 0 and deviation 1 over the works that were
/// learned from, then divided by the root of how many there are, so that rows are about 1 long and
/// a penalty means the same whatever their length.
struct Standard {
  at::Tensor mean, factor;  ///< D, float64

  [[nodiscard]] at::Tensor operator()(const at::Tensor& rows) const {
    return (rows - mean) * factor;
  }
};

/// `rows`: N x D float64.
[[nodiscard]] Standard standard_of(const at::Tensor& rows);

/// A head on standardised rows as a head on plain ones.
[[nodiscard]] Linear on_plain(const Linear& head, const Standard& standard);

/// The head with weights rounded to float16 and a bias that makes up for what rounding moves at the
/// mean row: how it is shipped.
[[nodiscard]] Linear rounded(const Linear& head, const at::Tensor& mean);

}  // namespace atelier::appraise
