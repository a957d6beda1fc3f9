// SPDX-License-Identifier: Apache-2.0
#include "jobs/explain/layer_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace atelier::jobs {
namespace {

// px of the drawing
constexpr double width = 760, left = 150, right = 600, row_height = 22, head_height = 34,
                 axis_height = 40;
// Okabe and Ito's palette: told apart by every eye.
constexpr const char *content_colour = "#0072b2", *style_colour = "#d55e00";

struct Row {
  std::string layer;
  double begun = 0, ended = 0;
  const char* colour = "";
};

bool can_be_drawn(double loss) {
  return std::isfinite(loss) && loss > 0;
}

void add_rows(std::vector<Row>& rows, const std::vector<style::LayerLoss>& begun,
              const std::vector<style::LayerLoss>& ended, const char* colour) {
  for (std::size_t i = 0; i < std::min(begun.size(), ended.size()); ++i)
    rows.push_back({begun[i].layer, begun[i].loss, ended[i].loss, colour});
}

std::vector<Row> rows_of(const ExplainedScale& scale) {
  std::vector<Row> rows;
  add_rows(rows, scale.begun.content, scale.ended.content, content_colour);
  add_rows(rows, scale.begun.style, scale.ended.style, style_colour);
  return rows;
}

class Axis {
 public:
  explicit Axis(const std::vector<ExplainedScale>& scales) {
    for (const ExplainedScale& scale : scales) {
      for (const Row& row : rows_of(scale)) {
        for (const double loss : {row.begun, row.ended}) {
          if (!can_be_drawn(loss)) continue;
          low_ = std::min(low_, std::log10(loss));
          high_ = std::max(high_, std::log10(loss));
        }
      }
    }
    const double margin = std::max(0.04 * (high_ - low_), 0.05);
    low_ -= margin;
    high_ += margin;
  }
  [[nodiscard]] bool empty() const { return !(low_ < high_); }
  [[nodiscard]] double x(double loss) const {
    return left + (right - left) * (std::log10(loss) - low_) / (high_ - low_);
  }
  [[nodiscard]] std::vector<double> ticks() const {
    std::vector<double> ticks;
    const bool sparse = high_ - low_ > 2.5;
    for (int decade = static_cast<int>(std::floor(low_)); decade <= high_; ++decade) {
      for (const double digit : {1.0, 2.0, 5.0}) {
        const double tick = digit * std::pow(10.0, decade), log = std::log10(tick);
        if ((!sparse || digit == 1) && log >= low_ && log <= high_) ticks.push_back(tick);
      }
    }
    return ticks;
  }

 private:
  double low_ = std::numeric_limits<double>::infinity(), high_ = -low_;
};

template <class... Args>
void add(std::string& svg, fmt::format_string<Args...> format, Args&&... args) {
  fmt::format_to(std::back_inserter(svg), format, std::forward<Args>(args)...);
  svg += '\n';
}

void draw(std::string& svg, const Axis& axis, const Row& row, double y) {
  add(svg, R"(<text x="{}" y="{:.1f}" text-anchor="end">{}</text>)", left - 12, y + 4, row.layer);
  if (can_be_drawn(row.begun) && can_be_drawn(row.ended)) {
    const double from = axis.x(row.begun), to = axis.x(row.ended);
    add(svg, R"(<path d="M{:.1f} {:.1f}H{:.1f}" stroke="{}" stroke-width="2"/>)", from, y, to,
        row.colour);
    add(svg,
        R"(<circle cx="{:.1f}" cy="{:.1f}" r="4.5" fill="#fff" stroke="{}" stroke-width="2"/>)",
        from, y, row.colour);
    add(svg, R"(<circle cx="{:.1f}" cy="{:.1f}" r="5.5" fill="{}"/>)", to, y, row.colour);
  }
  add(svg, R"(<text x="{}" y="{:.1f}" fill="#555">{:.3g} → {:.3g}</text>)", right + 16, y + 4,
      row.begun, row.ended);
}

}  // namespace

std::string layer_chart_svg(const std::vector<ExplainedScale>& scales) {
  const Axis axis(scales);
  if (axis.empty()) return "";
  double height = axis_height;
  for (const ExplainedScale& scale : scales)
    height += head_height + row_height * static_cast<double>(rows_of(scale).size());
  std::string svg;
  add(svg,
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {:.0f}" font-family="sans-serif" )"
      R"(font-size="13" fill="#222" role="img" aria-label="Losses of each layer at each scale">)",
      width, height);
  const double bottom = height - axis_height + 6;
  for (const double tick : axis.ticks()) {
    add(svg, R"(<path d="M{0:.1f} {1}V{2:.1f}" stroke="#e4e4e4"/>)", axis.x(tick), head_height,
        bottom);
    add(svg, R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle" fill="#555">{:g}</text>)",
        axis.x(tick), bottom + 18, tick);
  }
  double y = 0;
  for (const ExplainedScale& scale : scales) {
    add(svg, R"(<text x="0" y="{:.1f}" font-weight="bold">{} px, {} steps</text>)", y + 21,
        scale.scale, scale.iterations);
    y += head_height;
    for (const Row& row : rows_of(scale)) {
      draw(svg, axis, row, y + row_height / 2);
      y += row_height;
    }
  }
  svg += "</svg>\n";
  return svg;
}

}  // namespace atelier::jobs
