// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/crops.hpp"

#include <algorithm>
#include <cmath>

#include "assist/crop_reasons.hpp"
#include "assist/crop_score.hpp"
#include "assist/protected_boxes.hpp"

namespace atelier::assist {
namespace {

constexpr double smallest = 0.5;    // edge of the smallest crop, of the largest one's
constexpr double most_taken = 0.1;  // of the picture, from each side by an unsure crop
constexpr const char* spread =
    "unsure, for what draws the eye is spread over the picture: look at its borders";
constexpr const char* traces = "unsure, for traces of a thing reach beyond it: look at its borders";
constexpr int sizes = 21, places = 32;
constexpr double alike = 0.75;     // common part over united part
constexpr double rounding = 1e-6;  // px

/// Along one edge of the picture, 0..1.
struct Span {
  double from, to;
};

struct Candidate {
  image::Part part;
  double score = 0;
};

bool are_alike(const image::Part& a, const image::Part& b) {
  const double width = std::min(a.left + a.width, b.left + b.width) - std::max(a.left, b.left),
               height = std::min(a.top + a.height, b.top + b.height) - std::max(a.top, b.top);
  if (width <= 0 || height <= 0) return false;
  const double both = width * height;
  const double united =
      static_cast<double>(a.width) * a.height + static_cast<double>(b.width) * b.height - both;
  return both / united >= alike;
}

/// Where a crop of `length` px may begin within an edge of `edge` px: evenly, and just beside the
/// ends of what must not be cut (0..1), so that no way around it is missed.
std::vector<int> beginnings(int edge, int length, const std::vector<Span>& spans) {
  std::vector<int> all;
  const int room = edge - length;
  for (int i = 0; i <= places; ++i)
    all.push_back(static_cast<int>(std::lround(static_cast<double>(room) * i / places)));
  for (const Span& span : spans) {
    const int from = static_cast<int>(std::floor(span.from * edge + rounding)),
              to = static_cast<int>(std::ceil(span.to * edge - rounding));
    for (const int at : {from, to - length, to, from - length}) {
      if (at >= 0 && at <= room) all.push_back(at);
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// What is asked of crops; tried in turn, until there are some.
struct Attempt {
  Demand demand;
  int kept;             ///< greatest rank that must lie in a crop
  bool sure;            ///< that nothing is cut
  const char* warning;  ///< where it is not
};

/// Where a map of things is known, crops hold all of them, then what is likely; where saliency
/// tells objects, these; else heads and text alone are known.
std::vector<Attempt> attempts_for(const Scene& scene) {
  std::vector<Attempt> attempts;
  const auto add = [&](Demand demand, bool sure, const char* warning) {
    for (const int kept : {1, 0}) attempts.push_back({demand, kept, sure, warning});
  };
  const bool told = std::any_of(scene.subjects.begin(), scene.subjects.end(),
                                [](const Subject& subject) { return !subject.head; });
  if (scene.things) {
    add(Demand::surely, true, "");
    add(Demand::nearly, false, traces);
  } else {
    add(Demand::told, told, spread);
  }
  return attempts;
}

class Search {
 public:
  Search(const Scene& scene, const Composition& composition, image::Size size)
      : scene_(scene), composition_(composition), size_(size), judge_(scene, composition) {}

  [[nodiscard]] Proposal proposal(const Aspect& aspect, int each) const {
    Proposal result{aspect, {}, ""};
    const std::vector<Attempt> attempts = attempts_for(scene_);
    if (aspect.whole) {
      result.crops.push_back(
          crop({0, 0, size_.width, size_.height}, 1, protected_boxes(scene_, Demand::told), ""));
      return result;
    }
    const image::Size largest = crop_size(aspect, size_, std::min(size_.width, size_.height));
    const double most = box_of({0, 0, largest.width, largest.height}, size_).area();
    for (const Attempt& attempt : attempts) {
      const std::vector<Protected> boxes = protected_boxes(scene_, attempt.demand);
      const std::vector<Candidate> found = candidates(aspect, largest, most, attempt, boxes);
      for (const Candidate& one : found) {
        if (std::ssize(result.crops) == each) break;
        const bool known =
            std::any_of(result.crops.begin(), result.crops.end(),
                        [&](const Crop& chosen) { return are_alike(chosen.part, one.part); });
        if (!known)
          result.crops.push_back(crop(one.part, most, boxes, attempt.sure ? "" : attempt.warning));
      }
      if (!result.crops.empty()) return result;
    }
    result.refusal = refusal_for(aspect.name, static_cast<double>(largest.width) / size_.width,
                                 static_cast<double>(largest.height) / size_.height, most_taken,
                                 protected_boxes(scene_, attempts.back().demand));
    return result;
  }

 private:
  /// The best first. Those that are not sure take the least that the shape allows.
  [[nodiscard]] std::vector<Candidate> candidates(const Aspect& aspect, image::Size largest,
                                                  double most, const Attempt& attempt,
                                                  const std::vector<Protected>& boxes) const {
    std::vector<Span> across, down;
    for (const Protected& one : boxes) {
      across.push_back({one.box.left, one.box.right});
      down.push_back({one.box.top, one.box.bottom});
    }
    std::vector<Candidate> found;
    const int shorter = std::min(largest.width, largest.height);
    int last = 0;
    for (int i = 0; i < (attempt.sure ? sizes : 1); ++i) {
      const double scale = 1 - (1 - smallest) * i / (sizes - 1);
      const int edge = std::max(1, static_cast<int>(std::lround(scale * shorter)));
      if (edge == last) continue;
      last = edge;
      const image::Size size = crop_size(aspect, size_, edge);
      const std::vector<int> lefts = beginnings(size_.width, size.width, across);
      for (const int top : beginnings(size_.height, size.height, down)) {
        for (const int left : lefts) {
          const image::Part part{left, top, size.width, size.height};
          const Box box = box_of(part, size_);
          if (!cuts_nothing(box, boxes, attempt.kept) || (!attempt.sure && takes_much(box)))
            continue;
          found.push_back({part, judge_.judge(box, most).score()});
        }
      }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    return found;
  }

  /// More than an unsure crop may, but for rounding to pixels.
  [[nodiscard]] bool takes_much(const Box& part) const {
    const double across = most_taken + 1.0 / size_.width, down = most_taken + 1.0 / size_.height;
    return part.left > across || part.right < 1 - across || part.top > down ||
           part.bottom < 1 - down;
  }

  [[nodiscard]] Crop crop(const image::Part& part, double most, const std::vector<Protected>& boxes,
                          const std::string& warning) const {
    const Box box = box_of(part, size_);
    const CropTerms terms = judge_.judge(box, most);
    const bool whole = part.width == size_.width && part.height == size_.height;
    std::vector<std::string> reasons =
        reasons_for(box, terms, scene_, composition_, boxes, judge_.keeps_axis());
    const bool sure = whole || warning.empty();
    if (!sure) reasons.push_back(warning);
    return {part, terms.score(), sure, std::move(reasons)};
  }

  const Scene& scene_;
  const Composition& composition_;
  image::Size size_;
  CropJudge judge_;
};

}  // namespace

std::vector<Proposal> propose_crops(const Scene& scene, const Composition& composition,
                                    image::Size size, const std::vector<Aspect>& aspects,
                                    int each) {
  const Search search(scene, composition, size);
  std::vector<Proposal> proposals;
  for (const Aspect& aspect : aspects) proposals.push_back(search.proposal(aspect, each));
  return proposals;
}

}  // namespace atelier::assist
