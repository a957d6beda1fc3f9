// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "appraise/feeling.hpp"
#include "appraise/standard.hpp"

namespace atelier::appraise {

/// What viewers felt before works.
struct FeltRows {
  at::Tensor rows;    ///< N x D, float64, plain
  at::Tensor shares;  ///< N x E, of viewers, 0..1
  at::Tensor parts;   ///< N, int64
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
