// SPDX-License-Identifier: Apache-2.0
#include "jobs/loss_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "atelier/base/line_plot.hpp"

namespace atelier::jobs {
namespace {

struct Line {
  const char* name;
  double style::Losses::*loss;
};
constexpr std::array<Line, 8> lines{{{"total", &style::Losses::total},
                                     {"style", &style::Losses::style},
                                     {"content", &style::Losses::content},
                                     {"tv", &style::Losses::tv},
                                     {"histogram", &style::Losses::histogram},
                                     {"palette", &style::Losses::palette},
                                     {"laplacian", &style::Losses::laplacian},
                                     {"temporal", &style::Losses::temporal}}};

}  // namespace

std::string loss_plot_svg(const std::vector<style::Step>& steps) {
  LinePlot plot;
  plot.x_label = "iteration";
  plot.y_label = "loss (logarithmic)";
  int last = 1, scale = 0;
  for (const style::Step& step : steps) {
    last = std::max(last, step.iteration);
    if (step.scale == scale) continue;
    scale = step.scale;
    plot.rules.push_back({static_cast<double>(step.iteration), fmt::format("{} px", scale)});
  }
  plot.title = fmt::format("Losses over {} iterations", last);
  for (const Line& line : lines) {
    plot.lines.push_back({line.name, plot_colour(plot.lines.size()), {}});
    for (const style::Step& step : steps) {
      plot.lines.back().points.emplace_back(step.iteration, step.losses.*line.loss);
    }
  }
  return line_plot_svg(plot);
}

}  // namespace atelier::jobs
