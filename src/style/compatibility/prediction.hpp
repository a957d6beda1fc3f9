// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "atelier/style/compatibility.hpp"

namespace atelier::style {

/// A figure's part in a model.
struct Coefficient {
  std::string_view figure;  ///< of Compatibility::figures
  double weight;
};

/// What one loss ends at: exp(constant + sum of weight * ln(figure)), figures below 1e-8 counting
/// as that. Fitted by least squares on ln(loss) with a ridge (bench/match/fit.py).
struct Model {
  std::string_view loss;  ///< "total", "content" or "style"
  double constant;
  std::vector<Coefficient> coefficients;
  double error;      ///< cross-validated root mean square error of ln(loss)
  double mean;       ///< of ln(loss) over the calibration pairs
  double deviation;  ///< ... and their standard deviation
};

/// The models of prediction_table.cpp, which bench/match/fit.py writes.
[[nodiscard]] std::span<const Model> models();

/// The model's loss for these figures, with the interval of one error. Throws Error internal when a
/// figure is missing.
[[nodiscard]] Foretold foretold(const Model& model,
                                const std::vector<std::pair<std::string, double>>& figures);

/// 0..100: how many of a hundred calibration pairs end above this loss, were ln(loss) normal.
[[nodiscard]] double score_of(const Model& model, double loss);

/// Fills in score, total, content and style from the figures.
void foretell(Compatibility& result);

}  // namespace atelier::style
