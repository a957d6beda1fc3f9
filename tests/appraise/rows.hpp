// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>

#include "atelier/base/random.hpp"

namespace atelier::appraise::test {

/// Normal deviates, float64, of a stream of their own name.
inline at::Tensor deviates(std::int64_t rows, std::int64_t columns,
                           std::string_view name = "rows") {
  RandomStream chance(3, name);
  const at::Tensor values = at::empty({rows, columns}, at::kDouble);
  double* at = values.data_ptr<double>();
  for (std::int64_t i = 0; i < values.numel(); ++i) at[i] = chance.normal();
  return values;
}

/// `each` rows of each of `count` classes around centres that lie `apart` from 0 on an axis each;
/// classes alternate, and so do five parts.
inline at::Tensor clusters(std::int64_t each, std::int64_t count, double apart,
                           std::int64_t columns) {
  at::Tensor rows = deviates(each * count, columns);
  for (std::int64_t i = 0; i < rows.size(0); ++i) rows[i][i % count] += apart;
  return rows;
}

}  // namespace atelier::appraise::test
