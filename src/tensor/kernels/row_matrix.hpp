// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/buffer.hpp"

namespace atelier::tensor {

/// A matrix for products with one vector at a time, which take as long as its weights take to come
/// from memory; so these are kept short.
class RowMatrix {
 public:
  /// fp16: off by 2^-11 at most. int8: 8 bits and one scale a row, off by 1/254 of the row's
  /// greatest weight at most.
  enum class Weights { fp16, int8 };

  /// `weights`: rows x columns, row after row.
  RowMatrix(const float* weights, std::size_t rows, std::size_t columns, Weights kind);

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::size_t columns() const noexcept { return columns_; }

  /// y = W x, on one core; summed in float32 in an order that depends on the instruction set alone.
  /// `x`: columns(); `y`: padded(rows()), of which those beyond are 0.
  void multiply(const float* x, float* y) const;

  /// Row `row` as it is multiplied with; `to`: columns().
  void row(std::size_t row, float* to) const;

 private:
  std::size_t rows_, columns_;
  Weights kind_;
  // Panels of 16 rows, in each a column's 16 weights after the other's.
  Buffer<std::uint16_t> halves_;
  Buffer<std::int8_t> bytes_;
  Buffer<float> scales_;  // of rows
};

}  // namespace atelier::tensor
