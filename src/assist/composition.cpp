// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/composition.hpp"

#include <algorithm>
#include <cmath>

#include "assist/leading.hpp"
#include "assist/placement.hpp"
#include "assist/symmetry.hpp"

namespace atelier::assist {
namespace {

constexpr float draws = 0.2F;  // weight from which on the eye is drawn

/// Horizontal profile heads look along: their own side first.
std::optional<double> lead_of(const Subject& head) {
  if (!head.head || head.facing == Facing::viewer) return std::nullopt;
  const double left = head.box.left, right = 1 - head.box.right;
  if (left + right <= 0) return std::nullopt;
  return (head.facing == Facing::left ? left : right) / (left + right);
}

std::optional<Room> room_of(const Scene& scene) {
  if (scene.subjects.empty()) return std::nullopt;
  const Subject& main = scene.subjects.front();
  Room room{main.box.left, main.box.top, 1 - main.box.right, 1 - main.box.bottom, {}, {}};
  const Subject* highest = nullptr;
  for (const Subject& subject : scene.subjects) {
    if (subject.head && (!highest || subject.box.top < highest->box.top)) highest = &subject;
  }
  if (highest) room.headroom = highest->box.top / std::max(highest->box.height(), 1e-9);
  room.lead = lead_of(main);
  return room;
}

double empty_share(const image::Mask& weight) {
  const auto empty = std::count_if(weight.values.begin(), weight.values.end(),
                                   [](float value) { return value < draws; });
  return static_cast<double>(empty) / static_cast<double>(weight.values.size());
}

}  // namespace

Composition measure(const image::Image& picture, const Scene& scene, int value_steps) {
  Composition composition;
  composition.balance = WeightSums(scene.weight).balance({});
  composition.level = find_level(picture, scene.evidence.edges);
  const std::optional<Horizon>& horizon = composition.level.horizon;
  composition.thirds = placement_within(scene, horizon, {}, third);
  composition.golden = placement_within(scene, horizon, {}, golden_section);
  composition.symmetry = symmetry_of(picture);
  const std::vector<LongLine> lines = long_lines(scene.size, scene.evidence.edges);
  composition.diagonals = diagonals_of(scene.size, lines);
  composition.leading = leading_of(scene, lines, composition.level);
  composition.room = room_of(scene);
  composition.empty = empty_share(scene.weight);
  composition.values = study_values(picture, value_steps).values;
  return composition;
}

}  // namespace atelier::assist
