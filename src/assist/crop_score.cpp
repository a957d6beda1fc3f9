// SPDX-License-Identifier: Apache-2.0
#include "assist/crop_score.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::assist {
namespace {

constexpr double mirror_image = 0.7;  // symmetry from which on the axis counts
constexpr double near_axis = 0.05, near_weight = 0.1;
constexpr double wanted_room = 0.07;  // beside the main subject, of the crop
constexpr double least_headroom = 0.12, most_headroom = 0.9;  // in heights of the head
constexpr double border = 0.015;               // width of the strip along a border, of the picture
constexpr double small = 0.12, cramped = 0.7;  // share of the crop that the main subject has
constexpr double own_border = 1e-6;

/// 0 at 0, 1 from `full` on, and smooth.
double rising(double value, double full) {
  const double t = std::clamp(value / full, 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

}  // namespace

bool CropJudge::keeps_axis() const {
  return composition_.symmetry.left_right >= mirror_image;
}

double CropJudge::quiet(const Box& part) const {
  double sum = 0, length = 0;
  const auto side = [&](const Box& strip, double along, bool cut) {
    if (cut) sum += along * sums_.mean(common(strip, {}));
    length += along;
  };
  const Box& p = part;
  side({p.left - border, p.top, p.left + border, p.bottom}, p.height(), p.left > own_border);
  side({p.right - border, p.top, p.right + border, p.bottom}, p.height(), p.right < 1 - own_border);
  side({p.left, p.top - border, p.right, p.top + border}, p.width(), p.top > own_border);
  side({p.left, p.bottom - border, p.right, p.bottom + border}, p.width(),
       p.bottom < 1 - own_border);
  return 1 - sum / length;
}

void CropJudge::look_at_main_subject(const Box& part, CropTerms& terms) const {
  const Subject& main = scene_.subjects.front();
  const Point first = seen_in(part, {main.box.left, main.box.top}),
              last = seen_in(part, {main.box.right, main.box.bottom});
  const double share = main.box.area() / part.area();
  terms.size = rising(share, main.head ? small / 3 : small) *
               (1 - rising(std::max(0.0, share - cramped), 1 - cramped));
  double least = 1;
  for (const double side : {first.x, 1 - last.x, first.y, 1 - last.y})
    least = std::min(least, side);
  terms.room = rising(std::max(least, 0.0), wanted_room);
  if (!main.head) return;
  double highest = first.y;
  for (const Subject& subject : scene_.subjects) {
    if (subject.head) highest = std::min(highest, seen_in(part, {0, subject.box.top}).y);
  }
  terms.headroom = std::max(highest, 0.0) / std::max(last.y - first.y, 1e-9);
  double head = rising(*terms.headroom, least_headroom);
  if (*terms.headroom > most_headroom) head *= std::exp(most_headroom - *terms.headroom);
  terms.room = std::min(terms.room, head);
  if (main.facing == Facing::viewer) return;
  const double left = std::max(first.x, 0.0), right = std::max(1 - last.x, 0.0);
  if (left + right <= 0) return;
  terms.lead = (main.facing == Facing::left ? left : right) / (left + right);
  terms.room *= std::min(1.0, 2 * *terms.lead);
}

double CropJudge::placed(const Box& part, const CropTerms& terms) const {
  if (keeps_axis())
    return closeness(seen_in(part, {composition_.symmetry.axis, 0}).x - 0.5, near_axis);
  if (scene_.subjects.empty()) {
    const Point at = part.centre(), weight = composition_.balance.centre;
    return closeness(std::hypot(at.x - weight.x, at.y - weight.y), near_weight);
  }
  const auto value = [](const std::optional<Placement>& one) { return one ? one->value : 0; };
  return std::max(value(terms.thirds), value(terms.golden));
}

CropTerms CropJudge::judge(const Box& part, double largest) const {
  CropTerms terms;
  const std::optional<Horizon>& horizon = composition_.level.horizon;
  terms.kept = sums_.share(part);
  terms.thirds = placement_within(scene_, horizon, part, third);
  terms.golden = placement_within(scene_, horizon, part, golden_section);
  terms.placed = placed(part, terms);
  terms.balance = sums_.balance(part).value;
  terms.quiet = quiet(part);
  terms.area = part.area() / largest;
  if (!scene_.subjects.empty()) look_at_main_subject(part, terms);
  return terms;
}

}  // namespace atelier::assist
