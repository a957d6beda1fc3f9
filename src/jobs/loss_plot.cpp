// SPDX-License-Identifier: Apache-2.0
#include "jobs/loss_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace atelier::jobs {
namespace {

// px of the drawing
constexpr double width = 960, height = 540;
constexpr double left = 80, right = 850, top = 50, bottom = 480;
constexpr std::size_t max_points = 1000;

struct Line {
  const char* name;
  const char* colour;
  double style::Losses::*loss;
};
// Okabe and Ito's palette: told apart by every eye.
constexpr std::array<Line, 8> lines{{{"total", "#000000", &style::Losses::total},
                                     {"style", "#d55e00", &style::Losses::style},
                                     {"content", "#0072b2", &style::Losses::content},
                                     {"tv", "#009e73", &style::Losses::tv},
                                     {"histogram", "#cc79a7", &style::Losses::histogram},
                                     {"palette", "#e69f00", &style::Losses::palette},
                                     {"laplacian", "#56b4e9", &style::Losses::laplacian},
                                     {"temporal", "#888888", &style::Losses::temporal}}};

bool can_be_drawn(double loss) {
  return std::isfinite(loss) && loss > 0;
}

/// Maps iterations and the logarithm of losses to the drawing.
class Axes {
 public:
  explicit Axes(const std::vector<style::Step>& steps) {
    double low = std::numeric_limits<double>::infinity(), high = 0;
    for (const style::Step& step : steps) {
      last_ = std::max(last_, step.iteration);
      for (const Line& line : lines) {
        const double loss = step.losses.*line.loss;
        if (!can_be_drawn(loss)) continue;
        low = std::min(low, loss);
        high = std::max(high, loss);
      }
    }
    if (high == 0) low = high = 1;
    low_ = std::log10(low);
    high_ = std::log10(high);
    const double margin = std::max(0.05 * (high_ - low_), 0.05);
    low_ -= margin;
    high_ += margin;
  }

  [[nodiscard]] double x(int iteration) const {
    return left + (right - left) * (last_ > 1 ? (iteration - 1.0) / (last_ - 1.0) : 0.5);
  }
  [[nodiscard]] double y(double loss) const {
    return bottom - (bottom - top) * (std::log10(loss) - low_) / (high_ - low_);
  }
  [[nodiscard]] int last() const { return last_; }

  /// 1, 2, 5 of each decade; the powers of ten alone when there are many decades.
  [[nodiscard]] std::vector<double> loss_ticks() const {
    std::vector<double> ticks;
    const bool sparse = high_ - low_ > 3;
    for (int decade = static_cast<int>(std::floor(low_)); decade <= high_; ++decade) {
      for (const double digit : {1.0, 2.0, 5.0}) {
        const double tick = digit * std::pow(10.0, decade);
        if (sparse && digit != 1.0) continue;
        if (std::log10(tick) >= low_ && std::log10(tick) <= high_) ticks.push_back(tick);
      }
    }
    return ticks;
  }

  /// About six round iterations.
  [[nodiscard]] std::vector<int> iteration_ticks() const {
    std::vector<int> ticks;
    const double rough = std::max(1.0, last_ / 6.0);
    const double decade = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * decade;
    for (const double digit : {5.0, 2.0, 1.0}) {
      if (digit * decade >= rough) step = digit * decade;
    }
    for (int tick = static_cast<int>(step); tick <= last_; tick += static_cast<int>(step))
      ticks.push_back(tick);
    return ticks;
  }

 private:
  int last_ = 1;
  double low_ = 0, high_ = 0;  // log10 of losses
};

class Drawing {
 public:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    text_ += '\n';
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

void draw_axes(Drawing& drawing, const Axes& axes) {
  for (const double tick : axes.loss_ticks()) {
    const double y = axes.y(tick);
    drawing.add(R"(<path d="M{:.1f} {:.1f}H{:.1f}" stroke="#ddd"/>)", left, y, right);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="end">{:g}</text>)", left - 8, y + 4,
                tick);
  }
  for (const int tick : axes.iteration_ticks()) {
    const double x = axes.x(tick);
    drawing.add(R"(<path d="M{:.1f} {:.1f}v6" stroke="#666"/>)", x, bottom);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>)", x, bottom + 22,
                tick);
  }
  drawing.add(R"(<path d="M{:.1f} {:.1f}V{:.1f}H{:.1f}" fill="none" stroke="#666"/>)", left, top,
              bottom, right);
  drawing.add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle">iteration</text>)",
              (left + right) / 2, bottom + 46);
  drawing.add(
      R"svg(<text transform="translate(24 {:.1f}) rotate(-90)" text-anchor="middle">{}</text>)svg",
      (top + bottom) / 2, "loss (logarithmic)");
}

void draw_scales(Drawing& drawing, const Axes& axes, const std::vector<style::Step>& steps) {
  int scale = 0;
  for (const style::Step& step : steps) {
    if (step.scale == scale) continue;
    scale = step.scale;
    const double x = axes.x(step.iteration);
    drawing.add(R"(<path d="M{:.1f} {:.1f}V{:.1f}" stroke="#aaa" stroke-dasharray="3 4"/>)", x, top,
                bottom);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}" fill="#666" font-size="12">{} px</text>)", x + 4,
                top - 6, scale);
  }
}

void draw_line(Drawing& drawing, const Axes& axes, const std::vector<style::Step>& steps,
               const Line& line) {
  const std::size_t stride = (steps.size() + max_points - 1) / max_points;
  std::string points;
  double last_y = bottom;
  for (std::size_t i = 0; i < steps.size(); i += stride) {
    const double loss = steps[i].losses.*line.loss;
    if (!can_be_drawn(loss)) continue;
    last_y = axes.y(loss);
    fmt::format_to(std::back_inserter(points), "{:.1f},{:.1f} ", axes.x(steps[i].iteration),
                   last_y);
  }
  if (points.empty()) return;
  points.pop_back();
  drawing.add(R"(<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>)", points,
              line.colour);
}

void draw_legend(Drawing& drawing, const std::vector<style::Step>& steps) {
  double y = top + 10;
  for (const Line& line : lines) {
    const auto drawn = std::find_if(steps.rbegin(), steps.rend(), [&](const style::Step& step) {
      return can_be_drawn(step.losses.*line.loss);
    });
    if (drawn == steps.rend()) continue;
    drawing.add(R"(<path d="M{:.1f} {:.1f}h16" stroke="{}" stroke-width="3"/>)", right + 12, y,
                line.colour);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}">{}</text>)", right + 34, y + 5, line.name);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}" fill="#666" font-size="12">{:.3g}</text>)",
                right + 34, y + 20, drawn->losses.*line.loss);
    y += 46;
  }
}

}  // namespace

std::string loss_plot_svg(const std::vector<style::Step>& steps) {
  const Axes axes(steps);
  Drawing drawing;
  drawing.add(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" )"
      R"(font-family="sans-serif" font-size="14" fill="#222">)",
      width, height);
  drawing.add("<title>Losses over {} iterations</title>", axes.last());
  drawing.add(R"(<rect width="{}" height="{}" fill="#fff"/>)", width, height);
  draw_axes(drawing, axes);
  draw_scales(drawing, axes, steps);
  for (const Line& line : lines) draw_line(drawing, axes, steps, line);
  draw_legend(drawing, steps);
  drawing.add("</svg>");
  return drawing.take();
}

}  // namespace atelier::jobs
