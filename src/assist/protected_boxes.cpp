// SPDX-License-Identifier: Apache-2.0
#include "assist/protected_boxes.hpp"

#include <algorithm>

namespace atelier::assist {
namespace {

constexpr double margin = 0.02, wide_margin = 0.06;  // of the picture, around subjects and text
constexpr double head_margin = 0.06;                 // of a head's own size
constexpr double touching = 0.012;  // of the picture: its border already cuts what is nearer
constexpr double things_margin = 0.04, things_touching = 0.03;  // a map of them is coarse
constexpr double like_the_greatest = 0.5;
constexpr double rounding = 1e-9;

Box with_margin(const Box& box, double across, double down, double near = touching) {
  Box wide = grown(box, across, down);
  if (box.left < near) wide.left = 0;
  if (box.top < near) wide.top = 0;
  if (box.right > 1 - near) wide.right = 1;
  if (box.bottom > 1 - near) wide.bottom = 1;
  return wide;
}

}  // namespace

bool holds(const Box& whole, const Box& box) {
  return whole.left <= box.left + rounding && whole.top <= box.top + rounding &&
         whole.right >= box.right - rounding && whole.bottom >= box.bottom - rounding;
}

bool apart(const Box& a, const Box& b) {
  return a.right <= b.left + rounding || b.right <= a.left + rounding ||
         a.bottom <= b.top + rounding || b.bottom <= a.top + rounding;
}

std::vector<Protected> protected_boxes(const Scene& scene, Demand demand) {
  using Kind = Protected::Kind;
  const bool told = scene.objects_certainty >= objects_told;
  double greatest = 0;
  for (const Subject& subject : scene.subjects) {
    if (subject.head) greatest = std::max(greatest, subject.box.height());
  }
  std::vector<Protected> boxes;
  const auto add = [&](const Box& box, double across, double down, Kind kind, const char* name,
                       int rank) {
    boxes.push_back(
        {with_margin(box, across, down), grown(box, wide_margin, wide_margin), kind, name, rank});
  };
  for (const Subject& subject : scene.subjects) {
    const bool first = boxes.empty();
    if (subject.head) {
      const bool large = subject.box.height() >= like_the_greatest * greatest;
      add(subject.box, head_margin * subject.box.width(), head_margin * subject.box.height(),
          Kind::head, first ? "the main head" : "a head",
          first   ? 0
          : large ? 1
                  : 2);
    } else if (told || demand != Demand::told) {
      const bool heavy = subject.weight >= like_the_greatest * scene.subjects.front().weight;
      add(subject.box, margin, margin, Kind::object, first ? "the main subject" : "a subject",
          first   ? 0
          : heavy ? 1
                  : 2);
    }
  }
  for (const Text& text : scene.evidence.texts)
    add(text.box, margin, margin, Kind::text, "a line of text", 2);
  if (scene.things && demand != Demand::told) {
    const Box& box = demand == Demand::surely ? scene.things->surely : scene.things->nearly;
    boxes.push_back({with_margin(box, things_margin, things_margin, things_touching), box,
                     Kind::things, "all that may be a thing", 0});
  }
  return boxes;
}

bool cuts_nothing(const Box& part, const std::vector<Protected>& boxes, int kept) {
  return std::all_of(boxes.begin(), boxes.end(), [&](const Protected& one) {
    return holds(part, one.box) || (one.rank > kept && apart(part, one.wide));
  });
}

}  // namespace atelier::assist
