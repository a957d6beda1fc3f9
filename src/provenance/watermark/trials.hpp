// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "provenance/watermark/polar_code.hpp"
#include "provenance/watermark/pose_search.hpp"

namespace atelier::provenance::watermark {

/// What the reader tries, and how likely it is to find a mark where there is none.

/// Ways to turn and mirror a picture by quarters.
inline constexpr int ways = 8;
/// Factors by which pictures are usually made larger and smaller, tried whole.
inline constexpr std::array<double, 6> usual_factors{0.5, 1.5, 2, 0.75, 2.0 / 3, 1.25};
/// Sizes at which tilted pictures are looked for: the grid's pitch times 2^(step / 4), each with
/// 9 % either way; the likely ones first.
inline constexpr std::array<double, 9> search_steps{0, 1, 2, -1, -2, -4, -3, 3, 4};
/// Poses that are looked at again, of each size.
inline constexpr std::size_t poses_per_step = 3;

/// Correlation (PilotPeak) that is needed before bits are read.
inline constexpr double direct_threshold = 5.0, search_threshold = 5.8;

/// Places, sizes and tilts whose correlation is compared with the threshold, each corrected at most
/// twice: two pitches in `ways` ways and usual factors in one; and for each size a grid of poses,
/// the steps to refine three of them, and the places of their tiles.
inline constexpr double direct_trials =
    (2.0 * ways + static_cast<double>(usual_factors.size())) * tile * tile * 3;
inline constexpr double search_trials =
    direct_trials +
    static_cast<double>(search_steps.size()) * (pose_scales * pose_angles + poses_per_step * 30.0) *
        tile * tile / 4 +
    static_cast<double>(search_steps.size() * poses_per_step) * tile * tile * 3;

/// Upper bound of the probability, over the keys, that any picture without a mark shows one with at
/// least this correlation: the expected number of trials that pass it, at most
/// trials * exp(-correlation^2 / 2), times the chance that one of the decoder's 16 messages, random
/// as the key's phases are, has the right 24 check bits.
[[nodiscard]] inline double false_positive_bound(double correlation, double trials) {
  const double passing = trials * std::exp(-correlation * correlation / 2);
  return std::min(1.0, passing * polar_list / 16777216.0);
}

}  // namespace atelier::provenance::watermark
