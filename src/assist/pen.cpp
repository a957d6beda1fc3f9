// SPDX-License-Identifier: Apache-2.0
#include "assist/pen.hpp"

#include <cmath>
#include <numbers>

namespace atelier::assist {
namespace {

constexpr double rim = 1.2, rim_strength = 0.55;
constexpr Ink dark{0.05F, 0.05F, 0.05F};

}  // namespace

/// `inside(x, y)`: px from the border of a shape, positive inside.
template <class Inside>
void Pen::fill(const Box& within, const Inside& inside, const Ink& ink, double strength) {
  const int left = std::max(0, static_cast<int>(std::floor(within.left))),
            top = std::max(0, static_cast<int>(std::floor(within.top))),
            right = std::min(picture_.width, static_cast<int>(std::ceil(within.right))),
            bottom = std::min(picture_.height, static_cast<int>(std::ceil(within.bottom)));
  for (int y = top; y < bottom; ++y) {
    for (int x = left; x < right; ++x) {
      const double cover = std::clamp(inside(x + 0.5, y + 0.5) + 0.5, 0.0, 1.0) * strength;
      if (cover == 0) continue;
      float* pixel = &picture_.rgb[3 * (static_cast<std::size_t>(y) * picture_.width + x)];
      for (std::size_t c = 0; c < 3; ++c)
        pixel[c] += static_cast<float>(cover) * (ink[c] - pixel[c]);
    }
  }
}

void Pen::plain_line(Point from, Point to, double width, double dash, const Ink& ink,
                     double strength) {
  const double dx = to.x - from.x, dy = to.y - from.y, length = std::hypot(dx, dy);
  if (length == 0) return;
  const Box within{std::min(from.x, to.x) - width, std::min(from.y, to.y) - width,
                   std::max(from.x, to.x) + width, std::max(from.y, to.y) + width};
  fill(
      within,
      [&](double x, double y) {
        const double along = ((x - from.x) * dx + (y - from.y) * dy) / length,
                     away = std::abs((x - from.x) * dy - (y - from.y) * dx) / length;
        double inside = std::min({width / 2 - away, along, length - along});
        if (dash > 0) {
          const double at = std::fmod(std::max(along, 0.0), 2 * dash);
          inside = std::min(inside, std::min(at, dash - at) + 0.5);
        }
        return inside;
      },
      ink, strength);
}

void Pen::line(Point from, Point to, const Stroke& stroke) {
  if (stroke.halo) plain_line(from, to, stroke.width + 2 * rim, stroke.dash, dark, rim_strength);
  plain_line(from, to, stroke.width, stroke.dash, stroke.ink, 1);
}

void Pen::arrow(Point from, Point to, const Stroke& stroke) {
  line(from, to, stroke);
  const double angle = std::atan2(to.y - from.y, to.x - from.x), length = 6 * stroke.width;
  for (const double turn : {-0.45, 0.45}) {
    const double back = angle + std::numbers::pi + turn;
    line(to, {to.x + length * std::cos(back), to.y + length * std::sin(back)},
         {stroke.ink, stroke.width, 0, stroke.halo});
  }
}

void Pen::frame(const Box& box, const Stroke& stroke) {
  const double in = stroke.width / 2;
  const double left = box.left + in, top = box.top + in, right = box.right - in,
               bottom = box.bottom - in;
  line({left - in, top}, {right + in, top}, stroke);
  line({left - in, bottom}, {right + in, bottom}, stroke);
  line({left, top}, {left, bottom}, stroke);
  line({right, top}, {right, bottom}, stroke);
}

void Pen::circle(Point centre, double radius, const Stroke& stroke) {
  const double reach = radius + stroke.width + rim;
  const Box within{centre.x - reach, centre.y - reach, centre.x + reach, centre.y + reach};
  const auto ring = [&](double width) {
    return [&, width](double x, double y) {
      return width / 2 - std::abs(std::hypot(x - centre.x, y - centre.y) - radius);
    };
  };
  if (stroke.halo) fill(within, ring(stroke.width + 2 * rim), dark, rim_strength);
  fill(within, ring(stroke.width), stroke.ink, 1);
}

void Pen::disc(Point centre, double radius, const Ink& ink) {
  const Box within{centre.x - radius - 1, centre.y - radius - 1, centre.x + radius + 1,
                   centre.y + radius + 1};
  fill(
      within, [&](double x, double y) { return radius - std::hypot(x - centre.x, y - centre.y); },
      ink, 1);
}

}  // namespace atelier::assist
