// SPDX-License-Identifier: Apache-2.0
#include "assist/protected_boxes.hpp"

#include <algorithm>

namespace atelier::assist {
namespace {

constexpr double margin = 0.02, wide_margin = 0.06;  // of the picture, around subjects and text
constexpr double head_margin = 0.06;                 // of a head's own size
constexpr double touching = 0.012;  // of the picture: its border already cuts what is nearer
constexpr double like_the_greatest = 0.5;
constexpr double rounding = 1e-9;

Box with_margin(const Box& box, double across, double down) {
  Box wide = grown(box, across, down);
  if (box.left < touching) wide.left = 0;
  if (box.top < touching) wide.top = 0;
  if (box.right > 1 - touching) wide.right = 1;
  if (box.bottom > 1 - touching) wide.bottom = 1;
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

std::vector<Protected> protected_boxes(const Scene& scene) {
  double greatest = 0;
  for (const Subject& subject : scene.subjects) {
    if (subject.head) greatest = std::max(greatest, subject.box.height());
  }
  std::vector<Protected> boxes;
  const auto add = [&](const Box& box, double across, double down, const char* name, int rank) {
    boxes.push_back({with_margin(box, across, down), grown(box, wide_margin, wide_margin), name,
                     boxes.empty() ? 0 : rank});
  };
  for (const Subject& subject : scene.subjects) {
    const bool first = boxes.empty();
    if (subject.head) {
      const bool large = subject.box.height() >= like_the_greatest * greatest;
      add(subject.box, head_margin * subject.box.width(), head_margin * subject.box.height(),
          first ? "the main head" : "a head", large ? 1 : 2);
    } else {
      const bool heavy = subject.weight >= like_the_greatest * scene.subjects.front().weight;
      add(subject.box, margin, margin, first ? "the main subject" : "a subject", heavy ? 1 : 2);
    }
  }
  for (const Text& text : scene.evidence.texts) {
    add(text.box, margin, margin, "a line of text", 2);
    boxes.back().rank = 2;
  }
  return boxes;
}

bool cuts_nothing(const Box& part, const std::vector<Protected>& boxes, int kept) {
  return std::all_of(boxes.begin(), boxes.end(), [&](const Protected& one) {
    return holds(part, one.box) || (one.rank > kept && apart(part, one.wide));
  });
}

}  // namespace atelier::assist
