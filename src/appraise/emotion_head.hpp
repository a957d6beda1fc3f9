// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "appraise/figures.hpp"
#include "appraise/standard.hpp"

namespace atelier::appraise {

/// What viewers felt before works.
struct FeltRows {
  at::Tensor rows;    ///< N x D, float64, plain
  at::Tensor shares;  ///< N x E, of viewers, 0..1
  at::Tensor parts;   ///< N, int64
};

/// How well an emotion is foretold for works and artists that were never learned from.
struct Feeling {
  std::string name;
  double average = 0;      ///< mean share over works
  double correlation = 0;  ///< Spearman's, between foretold and true shares
  Interval interval = {};  ///< 95 %, artists drawn anew
  double control = 0;      ///< the same figure of "the average of all works learned from"
  double error = 0, control_error = 0;  ///< mean absolute errors of shares
  /// Whether it is told of: the interval lies above 0 and above the control, and the error below
  /// the control's.
  bool offered = false;
};

struct EmotionHead {
  Standard standard;
  Linear head;  ///< on standardised rows, one output for each emotion
  double penalty = 0;
  std::vector<Feeling> feelings;  ///< of all emotions
};

/// Learns shares by ridge regression, the penalty chosen by squared error (each emotion over its
/// variance) on parts left out, of works to be judged by none. Figures are of a second round in
/// which each part is left out of everything, the choice of the penalty too. `groups`: the artist
/// of each work.
[[nodiscard]] EmotionHead learn_emotions(const FeltRows& works,
                                         const std::vector<std::string>& names,
                                         std::span<const std::size_t> groups, std::uint64_t seed,
                                         const std::function<void()>& check);

}  // namespace atelier::appraise
