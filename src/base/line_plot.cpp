// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/line_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <limits>

namespace atelier {
namespace {

// px of the drawing
constexpr double width = 960, height = 540;
constexpr double left = 80, right = 850, top = 50, bottom = 480;
constexpr std::size_t max_points = 1000;

bool can_be_drawn(double value) {
  return std::isfinite(value) && value > 0;
}

/// Maps counts and the logarithm of values to the drawing.
class Axes {
 public:
  explicit Axes(const LinePlot& plot) : first_(plot.first), last_(plot.first) {
    double low = std::numeric_limits<double>::infinity(), high = 0;
    for (const LinePlot::Line& line : plot.lines) {
      for (const auto& [x, value] : line.points) {
        last_ = std::max(last_, x);
        if (!can_be_drawn(value)) continue;
        low = std::min(low, value);
        high = std::max(high, value);
      }
    }
    if (high == 0) low = high = 1;
    low_ = std::log10(low);
    high_ = std::log10(high);
    const double margin = std::max(0.05 * (high_ - low_), 0.05);
    low_ -= margin;
    high_ += margin;
  }

  [[nodiscard]] double x(double count) const {
    return left + (right - left) * (last_ > first_ ? (count - first_) / (last_ - first_) : 0.5);
  }
  [[nodiscard]] double y(double value) const {
    return bottom - (bottom - top) * (std::log10(value) - low_) / (high_ - low_);
  }

  /// 1, 2, 5 of each decade; the powers of ten alone when there are many decades.
  [[nodiscard]] std::vector<double> value_ticks() const {
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

  /// About six round counts.
  [[nodiscard]] std::vector<int> count_ticks() const {
    std::vector<int> ticks;
    const int last = static_cast<int>(last_);
    const double rough = std::max(1.0, last / 6.0);
    const double decade = std::pow(10.0, std::floor(std::log10(rough)));
    double step = 10 * decade;
    for (const double digit : {5.0, 2.0, 1.0}) {
      if (digit * decade >= rough) step = digit * decade;
    }
    for (int tick = static_cast<int>(step); tick <= last; tick += static_cast<int>(step))
      ticks.push_back(tick);
    return ticks;
  }

 private:
  double first_, last_;
  double low_ = 0, high_ = 0;  // log10 of values
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

void draw_axes(Drawing& drawing, const Axes& axes, const LinePlot& plot) {
  for (const double tick : axes.value_ticks()) {
    const double y = axes.y(tick);
    drawing.add(R"(<path d="M{:.1f} {:.1f}H{:.1f}" stroke="#ddd"/>)", left, y, right);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="end">{:g}</text>)", left - 8, y + 4,
                tick);
  }
  for (const int tick : axes.count_ticks()) {
    const double x = axes.x(tick);
    drawing.add(R"(<path d="M{:.1f} {:.1f}v6" stroke="#666"/>)", x, bottom);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>)", x, bottom + 22,
                tick);
  }
  drawing.add(R"(<path d="M{:.1f} {:.1f}V{:.1f}H{:.1f}" fill="none" stroke="#666"/>)", left, top,
              bottom, right);
  drawing.add(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>)", (left + right) / 2,
              bottom + 46, plot.x_label);
  drawing.add(
      R"svg(<text transform="translate(24 {:.1f}) rotate(-90)" text-anchor="middle">{}</text>)svg",
      (top + bottom) / 2, plot.y_label);
}

void draw_rules(Drawing& drawing, const Axes& axes, const LinePlot& plot) {
  for (const LinePlot::Rule& rule : plot.rules) {
    const double x = axes.x(rule.x);
    drawing.add(R"(<path d="M{:.1f} {:.1f}V{:.1f}" stroke="#aaa" stroke-dasharray="3 4"/>)", x, top,
                bottom);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}" fill="#666" font-size="12">{}</text>)", x + 4,
                top - 6, rule.label);
  }
}

void draw_line(Drawing& drawing, const Axes& axes, const LinePlot::Line& line) {
  const std::size_t stride =
      std::max<std::size_t>(1, (line.points.size() + max_points - 1) / max_points);
  std::string points;
  for (std::size_t i = 0; i < line.points.size(); i += stride) {
    const auto& [x, value] = line.points[i];
    if (!can_be_drawn(value)) continue;
    fmt::format_to(std::back_inserter(points), "{:.1f},{:.1f} ", axes.x(x), axes.y(value));
  }
  if (points.empty()) return;
  points.pop_back();
  drawing.add(R"(<polyline points="{}" fill="none" stroke="{}" stroke-width="2"/>)", points,
              line.colour);
}

void draw_legend(Drawing& drawing, const LinePlot& plot) {
  double y = top + 10;
  for (const LinePlot::Line& line : plot.lines) {
    const auto drawn = std::find_if(line.points.rbegin(), line.points.rend(),
                                    [](const auto& point) { return can_be_drawn(point.second); });
    if (drawn == line.points.rend()) continue;
    drawing.add(R"(<path d="M{:.1f} {:.1f}h16" stroke="{}" stroke-width="3"/>)", right + 12, y,
                line.colour);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}">{}</text>)", right + 34, y + 5, line.name);
    drawing.add(R"(<text x="{:.1f}" y="{:.1f}" fill="#666" font-size="12">{:.3g}</text>)",
                right + 34, y + 20, drawn->second);
    y += 46;
  }
}

}  // namespace

const char* plot_colour(std::size_t i) {
  static constexpr std::array colours{"#000000", "#d55e00", "#0072b2", "#009e73",
                                      "#cc79a7", "#e69f00", "#56b4e9", "#888888"};
  return colours[i % colours.size()];
}

std::string line_plot_svg(const LinePlot& plot) {
  const Axes axes(plot);
  Drawing drawing;
  drawing.add(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" )"
      R"(font-family="sans-serif" font-size="14" fill="#222">)",
      width, height);
  drawing.add("<title>{}</title>", plot.title);
  drawing.add(R"(<rect width="{}" height="{}" fill="#fff"/>)", width, height);
  draw_axes(drawing, axes, plot);
  draw_rules(drawing, axes, plot);
  for (const LinePlot::Line& line : plot.lines) draw_line(drawing, axes, line);
  draw_legend(drawing, plot);
  drawing.add("</svg>");
  return drawing.take();
}

}  // namespace atelier
