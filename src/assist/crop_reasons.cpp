// SPDX-License-Identifier: Apache-2.0
#include "assist/crop_reasons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace atelier::assist {
namespace {

constexpr double on_crossing = 0.12, on_line = 0.05;  // distances that are called "on"
constexpr double clearly = 0.05;                      // gain in balance that is told
constexpr double much = 0.1;                          // of the picture's area

std::string main_name(const Scene& scene) {
  return scene.subjects.front().head ? "face" : "main subject";
}

std::string place_of(const Point& crossing) {
  return fmt::format("{} {}", crossing.y < 0.5 ? "upper" : "lower",
                     crossing.x < 0.5 ? "left" : "right");
}

/// "two heads", "1 line of text", of what lies within (or outside of) a part.
std::string kept_whole(const Box& part, const std::vector<Protected>& boxes) {
  const auto held = [&](Protected::Kind kind) {
    return std::count_if(boxes.begin(), boxes.end(), [&](const Protected& one) {
      return one.kind == kind && holds(part, one.box);
    });
  };
  const auto heads = held(Protected::Kind::head), texts = held(Protected::Kind::text),
             subjects = held(Protected::Kind::object);
  std::vector<std::string> parts;
  const auto add = [&](std::ptrdiff_t number, const char* one, const char* many) {
    if (number == 1) parts.emplace_back(one);
    if (number > 1) parts.push_back(fmt::format("{} {}", number, many));
  };
  add(heads, "the head", "heads");
  add(subjects, heads > 0 ? "one more subject" : "the subject", "subjects");
  add(texts, "a line of text", "lines of text");
  if (parts.empty()) return "";
  std::string text = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i)
    text += (i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return "keeps " + text + " whole";
}

std::string placed(const Box& part, const CropTerms& terms, const Scene& scene) {
  if (!terms.thirds || !terms.golden) return "";
  const bool golden = terms.golden->value > terms.thirds->value;
  const Placement& placement = golden ? *terms.golden : *terms.thirds;
  const char* division = golden ? "golden section" : "third";
  if (placement.distance < on_crossing) {
    return fmt::format("puts the {} on the {} {}", main_name(scene), place_of(placement.crossing),
                       golden ? "crossing of the golden section" : "crossing of thirds");
  }
  const Point at = seen_in(part, scene.subjects.front().centre);
  const double x = std::abs(at.x - placement.crossing.x), y = std::abs(at.y - placement.crossing.y);
  if (std::min(x, y) > on_line) return "";
  return x <= y ? fmt::format("puts the {} on the {} {}", main_name(scene),
                              placement.crossing.x < 0.5 ? "left" : "right", division)
                : fmt::format("puts the {} on the {} {}", main_name(scene),
                              placement.crossing.y < 0.5 ? "upper" : "lower", division);
}

std::string horizon_place(const Box& part, const Composition& composition) {
  const auto& horizon = composition.level.horizon;
  if (!horizon || horizon->certainty < certain) return "";
  const double at = seen_in(part, {0.5, (horizon->line.from.y + horizon->line.to.y) / 2}).y;
  if (at <= 0 || at >= 1) return "";
  if (std::abs(at - third) < on_line) return "lays the horizon on the upper third";
  if (std::abs(at - 2 * third) < on_line) return "lays the horizon on the lower third";
  return "";
}

std::string left_out(const Box& part, const CropTerms& terms) {
  const double area = 1 - part.area();
  if (area < much) return "";
  return fmt::format("leaves out {:.0f} % of the area and {:.0f} % of what draws the eye",
                     100 * area, 100 * (1 - terms.kept));
}

}  // namespace

std::vector<std::string> reasons_for(const Box& part, const CropTerms& terms, const Scene& scene,
                                     const Composition& composition,
                                     const std::vector<Protected>& boxes, bool keeps_axis) {
  std::vector<std::string> reasons;
  const auto add = [&](std::string reason) {
    if (!reason.empty()) reasons.push_back(std::move(reason));
  };
  add(kept_whole(part, boxes));
  if (keeps_axis) {
    const double at = seen_in(part, {composition.symmetry.axis, 0}).x;
    if (std::abs(at - 0.5) < on_line) add("keeps the axis of the mirror image in the middle");
  } else if (!scene.subjects.empty()) {
    add(placed(part, terms, scene));
  }
  add(horizon_place(part, composition));
  if (terms.lead && *terms.lead > 0.5)
    add(fmt::format("leaves {:.0f} % of the space beside the face for it to look into",
                    100 * *terms.lead));
  if (terms.headroom)
    add(fmt::format("leaves {:.1f} of a head's height above it", *terms.headroom));
  if (terms.balance > composition.balance.value + clearly)
    add(fmt::format("balance rises from {:.2f} to {:.2f}", composition.balance.value,
                    terms.balance));
  add(left_out(part, terms));
  if (reasons.empty()) reasons.emplace_back("keeps the most that this shape allows");
  return reasons;
}

std::string refusal_for(const std::string& name, double width, double height, double most_taken,
                        const std::vector<Protected>& boxes) {
  const auto main = std::find_if(boxes.begin(), boxes.end(), [&](const Protected& one) {
    return one.rank == 0 && (one.box.width() > width || one.box.height() > height);
  });
  if (main != boxes.end()) {
    return fmt::format(
        "{} with its margin takes {:.0f} x {:.0f} % of the picture, and a crop of {} has at most "
        "{:.0f} x {:.0f} %",
        main->name, 100 * main->box.width(), 100 * main->box.height(), name, 100 * width,
        100 * height);
  }
  if (std::min(width, height) < 1 - 2 * most_taken) {
    return fmt::format(
        "what draws the eye is spread over the picture, and a crop of {} takes more than {:.0f} % "
        "from a side",
        name, 100 * most_taken);
  }
  return fmt::format("every crop of {} would cut a head, a subject or a line of text", name);
}

}  // namespace atelier::assist
