// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace atelier::tensor {

/// A matrix of which element (row, k) is data[row * row_step + k * k_step].
struct Rows {
  const float* data;
  std::size_t row_step, k_step;
};

/// A matrix as panels of 16 columns, each depth x 16 and `step` floats from the next.
struct Panels {
  const float* data;
  std::size_t step;
};

/// C = or += A B: rows x depth by depth x (16 * panels), on one core. Element (row, column) of C
/// lies at c[row * c_step + column].
void multiply(const Rows& a, std::size_t rows, std::size_t depth, const Panels& b,
              std::size_t panels, float* c, std::size_t c_step, bool add);

}  // namespace atelier::tensor
