// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace atelier::assist {

/// A place that a line y = offset + slope x should pass through.
struct Sample {
  double x = 0, y = 0, weight = 1;
};

struct Fit {
  double offset = 0, slope = 0;
  [[nodiscard]] double at(double x) const { return offset + slope * x; }
};

/// Least squares; slope 0 where all samples have one x.
[[nodiscard]] Fit fit_line(const std::vector<Sample>& samples);

/// A fit that what lies far off does not bend: reweighted least squares with Tukey's biweight,
/// whose reach goes down to `reach` (in y) in ten steps from wherever half of the samples lie.
///
/// Source: Holland, Welsch, "Robust regression using iteratively reweighted least-squares",
/// Communications in Statistics 6, 1977.
[[nodiscard]] Fit fit_line_robustly(const std::vector<Sample>& samples, Fit start, double reach);

/// Share of the samples' weight that lies within `reach` of the line.
[[nodiscard]] double share_within(const std::vector<Sample>& samples, const Fit& fit, double reach);

}  // namespace atelier::assist
