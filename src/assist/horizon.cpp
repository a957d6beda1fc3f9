// SPDX-License-Identifier: Apache-2.0
#include "assist/horizon.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "assist/line_fit.hpp"
#include "assist/planes.hpp"

namespace atelier::assist {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double shortest = 0.02;        // of an edge, of the width
constexpr std::size_t most_seeds = 24;   // longest edges that a line is built on
constexpr double beside = 0.006;         // how far from a line its edges lie, of the long edge
constexpr double least_cover = 1.0 / 3;  // of the width
constexpr double wholly_apart = 0.08;    // of above and below, in Oklab
constexpr double in_line = 2;            // degrees, of other level edges
constexpr double own_border = 0.03;      // of the height: a frame is no horizon
constexpr double rival_angle = 0.5;      // degrees, that another line of the kind differs by
constexpr int columns = 256;             // that steps are looked for in

/// px, the left end first.
struct Segment {
  double x0, y0, x1, y1;
  [[nodiscard]] double length() const { return std::hypot(x1 - x0, y1 - y0); }
  [[nodiscard]] double angle() const { return std::atan2(y1 - y0, x1 - x0) / degree; }
};

std::vector<Segment> level_segments(const image::Image& picture, const std::vector<Edge>& edges) {
  std::vector<Segment> segments;
  for (const Edge& edge : edges) {
    Segment s{edge.line.from.x * picture.width, edge.line.from.y * picture.height,
              edge.line.to.x * picture.width, edge.line.to.y * picture.height};
    if (s.x0 > s.x1) std::swap(s.x0, s.x1), std::swap(s.y0, s.y1);
    if (s.length() < shortest * picture.width || std::abs(s.angle()) > greatest_tilt) continue;
    segments.push_back(s);
  }
  std::stable_sort(segments.begin(), segments.end(),
                   [](const Segment& a, const Segment& b) { return a.length() > b.length(); });
  return segments;
}

/// The part of the width that lies under at least one of these, 0..1.
double cover(std::vector<std::array<double, 2>> spans, double width) {
  std::sort(spans.begin(), spans.end());
  double sum = 0, end = 0;
  for (const auto& [from, to] : spans) {
    sum += std::max(0.0, to - std::max(from, end));
    end = std::max(end, to);
  }
  return sum / width;
}

/// Steps across a line in a picture of three planes.
class Steps {
 public:
  Steps(const std::array<Plane, 3>& lab, Fit line) : lab_(lab), line_(line) {
    const double longest = std::max(lab[0].width, lab[0].height);
    half_ = std::max(2, static_cast<int>(std::lround(0.004 * longest)));
    band_ = std::max(3, static_cast<int>(std::lround(0.03 * longest)));
    search_ = std::max(3, static_cast<int>(std::lround(0.012 * longest)));
    measure_sides();
  }

  /// How far the mean colours above and below differ.
  [[nodiscard]] double apart() const { return apart_; }

  /// Where the step is in each column that shows one.
  [[nodiscard]] std::vector<Sample> places() const {
    std::vector<Sample> found;
    for (int i = 0; i < columns; ++i) {
      const int x = column(i);
      const auto middle = static_cast<int>(std::floor(line_.at(x + 0.5)));
      const int first = std::max(middle - search_, half_),
                last = std::min(middle + search_, height() - half_);
      if (last - first < 2) continue;
      std::vector<double> steps;
      for (int y = first; y <= last; ++y) steps.push_back(step(x, y));
      const auto best = std::max_element(steps.begin(), steps.end());
      if (*best < 0.25 * apart_ || *best <= 0) continue;
      const double y = first + static_cast<double>(best - steps.begin()) + peak(steps, best);
      found.push_back({x + 0.5, y, 1});
    }
    return found;
  }

 private:
  [[nodiscard]] int height() const { return lab_[0].height; }
  [[nodiscard]] int column(int i) const {
    return std::min(static_cast<int>((i + 0.5) * lab_[0].width / columns), lab_[0].width - 1);
  }

  /// Mean colours of the bands above and below, and the direction from one to the other.
  void measure_sides() {
    std::array<double, 3> above{}, below{};
    double above_count = 0, below_count = 0;
    for (int i = 0; i < columns; ++i) {
      const int x = column(i);
      const auto middle = static_cast<int>(std::lround(line_.at(x + 0.5)));
      for (int d = half_; d < half_ + band_; ++d) {
        const auto take = [&](int y, std::array<double, 3>& sum, double& count) {
          if (y < 0 || y >= height()) return;
          for (std::size_t c = 0; c < 3; ++c) sum[c] += lab_[c].at(x, y);
          count += 1;
        };
        take(middle - 1 - d, above, above_count);
        take(middle + d, below, below_count);
      }
    }
    if (above_count == 0 || below_count == 0) return;
    for (std::size_t c = 0; c < 3; ++c) {
      way_[c] = below[c] / below_count - above[c] / above_count;
      apart_ += way_[c] * way_[c];
    }
    apart_ = std::sqrt(apart_);
    if (apart_ == 0) return;
    for (double& value : way_) value /= apart_;
  }

  [[nodiscard]] double along(int x, int y) const {
    double sum = 0;
    for (std::size_t c = 0; c < 3; ++c) sum += way_[c] * lab_[c].at(x, y);
    return sum;
  }

  /// What lies below the upper border of row y less what lies above it.
  [[nodiscard]] double step(int x, int y) const {
    double sum = 0;
    for (int d = 0; d < half_; ++d) sum += along(x, y + d) - along(x, y - 1 - d);
    return sum / half_;
  }

  /// From the greatest value to the top of the parabola through it and its neighbours.
  static double peak(const std::vector<double>& values, std::vector<double>::const_iterator best) {
    if (best == values.begin() || best + 1 == values.end()) return 0;
    const double bend = best[-1] - 2 * best[0] + best[1];
    return bend < 0 ? std::clamp(0.5 * (best[-1] - best[1]) / bend, -0.5, 0.5) : 0;
  }

  const std::array<Plane, 3>& lab_;
  Fit line_;
  int half_ = 2, band_ = 3, search_ = 3;
  std::array<double, 3> way_{};
  double apart_ = 0;
};

class Search {
 public:
  Search(const image::Image& picture, std::vector<Segment> segments)
      : lab_(oklab_planes(picture)), segments_(std::move(segments)) {}

  [[nodiscard]] std::optional<Horizon> best() const {
    std::vector<Horizon> all;
    for (std::size_t i = 0; i < std::min(segments_.size(), most_seeds); ++i) {
      if (const auto horizon = judged(segments_[i])) all.push_back(*horizon);
    }
    if (all.empty()) return std::nullopt;
    std::stable_sort(all.begin(), all.end(),
                     [](const Horizon& a, const Horizon& b) { return a.certainty > b.certainty; });
    Horizon best = all.front();
    double rival = 0;
    for (const Horizon& other : all) {
      const double apart = std::abs(middle(other.line) - middle(best.line));
      if (apart > own_border && std::abs(other.tilt - best.tilt) > rival_angle)
        rival = std::max(rival, other.certainty);
    }
    best.certainty *= 1 - rival;
    return best;
  }

 private:
  static double middle(const Line& line) { return (line.from.y + line.to.y) / 2; }
  [[nodiscard]] double width() const { return lab_[0].width; }
  [[nodiscard]] double height() const { return lab_[0].height; }
  [[nodiscard]] double near() const { return beside * std::max(width(), height()); }

  [[nodiscard]] bool lies_on(const Segment& s, const Fit& line) const {
    return std::abs(s.y0 - line.at(s.x0)) < near() && std::abs(s.y1 - line.at(s.x1)) < near();
  }

  /// The line through a seed and all that continues it; nothing when that is too little.
  [[nodiscard]] std::optional<Fit> continued(const Segment& seed) const {
    Fit line = fit_line({{seed.x0, seed.y0}, {seed.x1, seed.y1}});
    std::vector<std::array<double, 2>> spans;
    for (int round = 0; round < 3; ++round) {
      std::vector<Sample> ends;
      spans.clear();
      for (const Segment& s : segments_) {
        if (!lies_on(s, line)) continue;
        ends.push_back({s.x0, s.y0, s.length()});
        ends.push_back({s.x1, s.y1, s.length()});
        spans.push_back({s.x0, s.x1});
      }
      if (ends.empty()) return std::nullopt;
      line = fit_line(ends);
    }
    if (cover(spans, width()) < least_cover) return std::nullopt;
    return line;
  }

  /// Part of the long level edges that point as the line does, 0..1; those on it aside.
  [[nodiscard]] double company(const Fit& line) const {
    const double own = std::atan(line.slope) / degree;
    double like = width(), all = width();
    for (const Segment& s : segments_) {
      if (lies_on(s, line) || s.length() < 3 * shortest * width()) continue;
      all += s.length();
      if (std::abs(s.angle() - own) < in_line) like += s.length();
    }
    return like / all;
  }

  [[nodiscard]] std::optional<Horizon> judged(const Segment& seed) const {
    const auto rough = continued(seed);
    if (!rough) return std::nullopt;
    const Steps steps(lab_, *rough);
    const std::vector<Sample> places = steps.places();
    if (places.size() < 16) return std::nullopt;
    const double reach = std::max(0.75, near() / 3);
    const Fit line = fit_line_robustly(places, *rough, reach);
    const double tilt = -std::atan(line.slope) / degree;
    const double middle = line.at(width() / 2) / height();
    if (std::abs(tilt) > greatest_tilt || middle < own_border || middle > 1 - own_border)
      return std::nullopt;
    const double straight = share_within(places, line, reach) * std::ssize(places) / columns;
    Horizon horizon;
    horizon.line = {{0, line.at(0) / height()}, {1, line.at(width()) / height()}};
    horizon.tilt = tilt;
    horizon.certainty = straight * std::min(1.0, steps.apart() / wholly_apart) * company(line);
    return horizon;
  }

  std::array<Plane, 3> lab_;
  std::vector<Segment> segments_;
};

}  // namespace

std::optional<Horizon> find_horizon(const image::Image& picture, const std::vector<Edge>& edges) {
  std::vector<Segment> segments = level_segments(picture, edges);
  if (segments.empty()) return std::nullopt;
  return Search(picture, std::move(segments)).best();
}

}  // namespace atelier::assist
