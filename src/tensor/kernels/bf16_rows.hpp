// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace atelier::tensor {

/// A float's upper half: its sign, exponent and 7 bits of mantissa. A rounded value is off by 0.4 %
/// at most.
using Bf16 = std::uint16_t;

/// Rounds to the nearest, ties to even.
void to_bf16(const float* from, std::size_t blocks, Bf16* to);

void to_float(const Bf16* from, std::size_t blocks, float* to);

/// Says, in one word of `mask` a block, which values are above zero.
void note_positive(const Bf16* values, std::size_t blocks, std::uint16_t* mask);

/// Two neighbouring rows of ReLU's results, each `width` positions of `blocks` blocks, on their way
/// to one row of width / 2: the greatest of 2 x 2, or their mean. An odd last column is left out.
struct RowPair {
  const Bf16 *top, *bottom;
  std::uint16_t *top_mask, *bottom_mask;  ///< told what passes a gradient; both may be null
  int width;
  std::size_t blocks;
};

/// What passes is what is above zero and, for `maximum`, the first of the greatest.
void pool_rows(const RowPair& pair, bool maximum, Bf16* out);

/// What a row of a layer's results, `width` positions of `blocks` blocks, is told of its gradient.
struct GradientRow {
  const Bf16* later = nullptr;              ///< from the layers behind; null: nothing
  const std::uint16_t* passes = nullptr;    ///< what of `later` passes
  bool pooled = false;                      ///< `later` has a position for two of this row's
  float share = 1;                          ///< of `later` that each position gets
  const float* given = nullptr;             ///< from outside; null: nothing
  const std::uint16_t* positive = nullptr;  ///< what of `given` passes
  int width = 0;
  std::size_t blocks = 0;
};

/// The gradient before ReLU and pooling: the sum of what passes. `to` may be `later`.
void open_gradient(const GradientRow& row, Bf16* to);

}  // namespace atelier::tensor
