// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>

#include "appraise/outside.hpp"
#include "appraise/standard.hpp"

namespace atelier::appraise {

/// Works with one class each, to learn from and to be judged by.
struct ClassedRows {
  at::Tensor rows;         ///< N x D, float64, plain
  at::Tensor classes;      ///< N, int64
  at::Tensor parts;        ///< N, int64: which part of a division each is in
  std::int64_t count = 0;  ///< classes that there may be

  /// Those for which `mask` (N, bool) is true.
  [[nodiscard]] ClassedRows where(const at::Tensor& mask) const;
};

/// A head that was learned, and what was chosen on the way.
struct StyleHead {
  Standard standard;
  Linear head;  ///< on standardised rows
  double penalty = 0;
  double temperature = 1;
  at::Tensor held_out;  ///< N x C: logits of each work by a head that never saw its part
};

/// Learns to tell classes: logistic regression in which all classes count alike, however many works
/// they have. The penalty is the one of `penalties` by which works of parts left out get the
/// greatest likelihood, all classes alike again; each of the parts that there are is left out once.
/// The temperature is fitted to the same left-out logits. So nothing is chosen by what the head is
/// judged by, as long as `works` holds none of it.
///
/// Throws what `check` throws, called between fits.
[[nodiscard]] StyleHead learn_style(const ClassedRows& works, const std::function<void()>& check);

/// Logits of plain rows.
[[nodiscard]] at::Tensor logits_of(const StyleHead& style, const at::Tensor& rows);

}  // namespace atelier::appraise
