// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace atelier {

/// Lines over a common axis of counts, with a logarithmic axis of values, as an SVG picture.
struct LinePlot {
  struct Line {
    std::string name, colour;  ///< "#d55e00"
    std::vector<std::pair<double, double>> points;
  };
  /// A dashed rule at a place of the horizontal axis.
  struct Rule {
    double x;
    std::string label;
  };
  std::string title, x_label, y_label;
  double first = 1;  ///< where the horizontal axis begins
  std::vector<Line> lines;
  std::vector<Rule> rules;
};

/// Okabe and Ito's palette, told apart by every eye: black, vermilion, blue, green, purple, orange,
/// sky; again from the first after that.
[[nodiscard]] const char* plot_colour(std::size_t i);

/// Values that are not above zero are left out; at most 1,000 points a line.
[[nodiscard]] std::string line_plot_svg(const LinePlot& plot);

}  // namespace atelier
