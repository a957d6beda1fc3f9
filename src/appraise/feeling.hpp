// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "appraise/figures.hpp"
#include "atelier/appraise/appraiser.hpp"

namespace atelier::appraise {

/// How well an emotion is foretold for works that were never learned from, nor others by their
/// makers.
struct Feeling {
  std::string name;
  double average = 0;      ///< mean share over works
  double correlation = 0;  ///< Spearman's, between foretold and true shares
  Interval interval = {};  ///< 95 %, groups drawn anew
  double control = 0;      ///< the same figure of "the average of all works learned from"
  double error = 0, control_error = 0;  ///< mean absolute errors of shares
  /// Whether it is told of: the interval lies above 0 and above the control, and the error below
  /// the control's.
  bool offered = false;
};

/// Judges each emotion by what was foretold of works left out. `truth`, `foretold` and `control`:
/// N x E, float64, shares; `groups`: of each work, those that are drawn together.
[[nodiscard]] std::vector<Feeling> judge_feelings(
    const std::vector<std::string>& names, const at::Tensor& truth, const at::Tensor& foretold,
    const at::Tensor& control, std::span<const std::size_t> groups, std::uint64_t seed);

/// All of it, as figures.json has it.
[[nodiscard]] nlohmann::ordered_json figures_json(const std::vector<Feeling>& feelings);

/// What a model's file keeps of one that is offered, and back. The latter throws
/// nlohmann::json::exception where something is missing.
[[nodiscard]] nlohmann::json kept_json(const std::vector<Feeling>& offered);
[[nodiscard]] std::vector<Feeling> feelings_from(const nlohmann::json& kept);

/// A share that was foretold of one that is offered, with what is known of how right it is.
[[nodiscard]] Emotion emotion_of(const Feeling& of, double share);

}  // namespace atelier::appraise
