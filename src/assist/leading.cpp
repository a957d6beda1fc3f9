// SPDX-License-Identifier: Apache-2.0
#include "assist/leading.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace atelier::assist {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double shortest = 0.1;        // of a long line, in diagonals
constexpr double beside = 0.006;        // edges of one line, in diagonals
constexpr double gap = 0.03;            // between edges of one line, in diagonals
constexpr double turned = 3;            // degrees between edges of one line
constexpr double level_or_upright = 4;  // degrees: too common to lead
constexpr double usual = 0.25;          // length of a line that surely leads, in diagonals
constexpr double too_far = 0.4;         // a line's end from the subject, in diagonals
constexpr double meets = 0.02;          // a line from a vanishing point, in diagonals
constexpr std::size_t most_shown = 6, most_crossed = 40;

/// In diagonals of the picture, so that angles are true.
struct Segment {
  double x0, y0, x1, y1;
  [[nodiscard]] double length() const { return std::hypot(x1 - x0, y1 - y0); }
  [[nodiscard]] double angle() const { return std::atan2(y1 - y0, x1 - x0) / degree; }
  /// Of a point, along the line from its beginning and beside it.
  [[nodiscard]] double along(double x, double y) const {
    return ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length();
  }
  [[nodiscard]] double away(double x, double y) const {
    return std::abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) / length();
  }
};

double angle_between(double a, double b) {
  return std::abs(std::remainder(a - b, 180.0));
}

class Units {
 public:
  explicit Units(image::Size size)
      : across_(size.width / std::hypot(size.width, size.height)),
        down_(size.height / std::hypot(size.width, size.height)) {}
  [[nodiscard]] Segment segment(const Line& line) const {
    return {line.from.x * across_, line.from.y * down_, line.to.x * across_, line.to.y * down_};
  }
  [[nodiscard]] Line line(const Segment& s) const {
    return {{s.x0 / across_, s.y0 / down_}, {s.x1 / across_, s.y1 / down_}};
  }
  [[nodiscard]] double across() const { return across_; }
  [[nodiscard]] double down() const { return down_; }

 private:
  double across_, down_;
};

/// What of the edges lies on `base` and goes on from it without a large gap.
struct Extended {
  Segment segment;
  double covered = 0;
  std::vector<std::size_t> used;
};
Extended extended(const Segment& base, const std::vector<Segment>& all,
                  const std::vector<bool>& taken) {
  struct Span {
    double from, to;
    std::size_t index;
  };
  std::vector<Span> spans;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Segment& s = all[i];
    if (taken[i] || angle_between(s.angle(), base.angle()) > turned ||
        std::max(base.away(s.x0, s.y0), base.away(s.x1, s.y1)) > beside)
      continue;
    const double a = base.along(s.x0, s.y0), b = base.along(s.x1, s.y1);
    spans.push_back({std::min(a, b), std::max(a, b), i});
  }
  double from = 0, to = base.length();
  std::vector<bool> used(spans.size());
  for (bool changed = true; changed;) {
    changed = false;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      if (used[i] || spans[i].from > to + gap || spans[i].to < from - gap) continue;
      used[i] = changed = true;
      from = std::min(from, spans[i].from);
      to = std::max(to, spans[i].to);
    }
  }
  Extended result;
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.from < b.from; });
  double end = from;
  for (const Span& span : spans) {
    if (span.to < from || span.from > to) continue;
    result.covered += std::max(0.0, span.to - std::max(span.from, end));
    end = std::max(end, span.to);
    result.used.push_back(span.index);
  }
  const double dx = (base.x1 - base.x0) / base.length(), dy = (base.y1 - base.y0) / base.length();
  result.segment = {base.x0 + from * dx, base.y0 + from * dy, base.x0 + to * dx, base.y0 + to * dy};
  return result;
}

/// From a point to a box, 0 within.
double away_from(const Box& box, double x, double y) {
  return std::hypot(std::max({box.left - x, 0.0, x - box.right}),
                    std::max({box.top - y, 0.0, y - box.bottom}));
}

/// Whether the ray from a segment's end onwards meets a box.
bool points_at(const Segment& s, const Box& box) {
  const double dx = s.x1 - s.x0, dy = s.y1 - s.y0;
  double first = 0, last = 1e9;
  const auto clip = [&](double at, double way, double low, double high) {
    if (std::abs(way) < 1e-12) return at >= low && at <= high;
    const double a = (low - at) / way, b = (high - at) / way;
    first = std::max(first, std::min(a, b));
    last = std::min(last, std::max(a, b));
    return true;
  };
  return clip(s.x1, dx, box.left, box.right) && clip(s.y1, dy, box.top, box.bottom) &&
         first <= last;
}

bool is_oblique(double angle) {
  return angle_between(angle, 0) > level_or_upright && angle_between(angle, 90) > level_or_upright;
}

bool is_horizon(const Line& line, const Level& level) {
  if (!level.horizon) return false;
  const Line& horizon = level.horizon->line;
  const auto at = [&](double x) { return horizon.from.y + (horizon.to.y - horizon.from.y) * x; };
  return std::abs(line.from.y - at(line.from.x)) < 0.02 &&
         std::abs(line.to.y - at(line.to.x)) < 0.02;
}

std::optional<VanishingPoint> vanishing_point(const std::vector<Segment>& lines,
                                              const Units& units) {
  const std::size_t count = std::min(lines.size(), most_crossed);
  double all = 0;
  for (std::size_t i = 0; i < count; ++i) all += lines[i].length();
  std::optional<VanishingPoint> best;
  double best_length = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = i + 1; j < count; ++j) {
      const Segment &a = lines[i], &b = lines[j];
      if (angle_between(a.angle(), b.angle()) < 5) continue;
      const double ax = a.x1 - a.x0, ay = a.y1 - a.y0, bx = b.x1 - b.x0, by = b.y1 - b.y0;
      const double t = ((b.x0 - a.x0) * by - (b.y0 - a.y0) * bx) / (ax * by - ay * bx);
      const double x = a.x0 + t * ax, y = a.y0 + t * ay;
      if (x < -units.across() || x > 2 * units.across() || y < -units.down() ||
          y > 2 * units.down())
        continue;
      double length = 0;
      int through = 0;
      for (std::size_t k = 0; k < count; ++k) {
        const Segment& s = lines[k];
        const double along = s.along(x, y);
        const bool inside = along > 0.1 * s.length() && along < 0.9 * s.length();
        if (inside || s.away(x, y) > meets) continue;
        length += s.length();
        ++through;
      }
      if (through < 4 || length <= best_length + 1e-12) continue;
      best_length = length;
      best = {{x / units.across(), y / units.down()},
              (1 - std::exp(-(through - 2) / 2.0)) * length / all};
    }
  }
  return best;
}

}  // namespace

std::vector<LongLine> long_lines(image::Size size, const std::vector<Edge>& edges) {
  const Units units(size);
  std::vector<Segment> segments;
  for (const Edge& edge : edges) {
    const Segment s = units.segment(edge.line);
    if (s.length() > 0) segments.push_back(s);
  }
  std::stable_sort(segments.begin(), segments.end(),
                   [](const Segment& a, const Segment& b) { return a.length() > b.length(); });
  std::vector<bool> taken(segments.size());
  std::vector<LongLine> lines;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (taken[i] || segments[i].length() < shortest / 4) continue;
    const Extended one = extended(segments[i], segments, taken);
    if (one.segment.length() < shortest) continue;
    for (const std::size_t used : one.used) taken[used] = true;
    lines.push_back({units.line(one.segment), one.segment.length(),
                     std::min(1.0, one.covered / one.segment.length())});
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const LongLine& a, const LongLine& b) { return a.length > b.length; });
  return lines;
}

Leading leading_of(const Scene& scene, const std::vector<LongLine>& lines, const Level& level) {
  const Units units(scene.size);
  Leading leading;
  std::vector<Segment> oblique;
  for (const LongLine& line : lines) {
    const Segment s = units.segment(line.line);
    if (is_oblique(s.angle()) && !is_horizon(line.line, level)) oblique.push_back(s);
  }
  leading.vanishing = vanishing_point(oblique, units);
  if (scene.subjects.empty()) return leading;
  const Box& place = scene.subjects.front().box;
  const Box box{place.left * units.across(), place.top * units.down(), place.right * units.across(),
                place.bottom * units.down()};
  for (const LongLine& line : lines) {
    if (is_horizon(line.line, level)) continue;
    Segment s = units.segment(line.line);
    if (!is_oblique(s.angle())) continue;
    if (away_from(box, s.x0, s.y0) < away_from(box, s.x1, s.y1))
      std::swap(s.x0, s.x1), std::swap(s.y0, s.y1);
    const double rest = away_from(box, s.x1, s.y1);
    if (away_from(box, s.x0, s.y0) < shortest / 2 || rest > too_far || !points_at(s, box)) continue;
    const double certainty =
        line.cover * (1 - std::exp(-line.length / usual)) * (1 - rest / too_far);
    leading.lines.push_back({units.line(s), certainty});
  }
  std::stable_sort(
      leading.lines.begin(), leading.lines.end(),
      [](const LeadingLine& a, const LeadingLine& b) { return a.certainty > b.certainty; });
  leading.lines.resize(std::min(leading.lines.size(), most_shown));
  double none = 1;
  for (const LeadingLine& line : leading.lines) none *= 1 - line.certainty;
  leading.value = 1 - none;
  return leading;
}

double diagonals_of(image::Size size, const std::vector<LongLine>& lines) {
  const Units units(size);
  const std::array<Segment, 2> diagonals{Segment{0, 0, units.across(), units.down()},
                                         Segment{0, units.down(), units.across(), 0}};
  double sum = 0, all = 0;
  for (const LongLine& line : lines) {
    const Segment s = units.segment(line.line);
    double best = 0;
    for (const Segment& diagonal : diagonals) {
      const double away = std::max({diagonal.away(s.x0, s.y0), diagonal.away(s.x1, s.y1),
                                    std::sin(angle_between(s.angle(), diagonal.angle()) * degree)});
      best = std::max(best, std::exp(-away * away / (2 * 0.17 * 0.17)));
    }
    sum += line.length * best;
    all += line.length;
  }
  return all > 0 ? sum / all : 0;
}

}  // namespace atelier::assist
