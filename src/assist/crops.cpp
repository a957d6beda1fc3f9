// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/crops.hpp"

#include <algorithm>
#include <cmath>

#include "assist/crop_reasons.hpp"
#include "assist/crop_score.hpp"
#include "assist/protected_boxes.hpp"

namespace atelier::assist {
namespace {

constexpr double smallest = 0.5;  // edge of the smallest crop, of the largest one's
constexpr double smallest_unsure = 0.85;
constexpr const char* unsure =
    "unsure, for what draws the eye is spread over the picture: look at its borders";
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

class Search {
 public:
  Search(const Scene& scene, const Composition& composition, image::Size size)
      : scene_(scene),
        composition_(composition),
        size_(size),
        boxes_(protected_boxes(scene)),
        judge_(scene, composition) {
    for (const Protected& one : boxes_) {
      across_.push_back({one.box.left, one.box.right});
      down_.push_back({one.box.top, one.box.bottom});
    }
  }

  /// Whether all that must not be cut is known.
  [[nodiscard]] bool sure() const {
    return std::any_of(scene_.subjects.begin(), scene_.subjects.end(),
                       [](const Subject& subject) { return !subject.head; });
  }

  [[nodiscard]] Proposal proposal(const Aspect& aspect, int each) const {
    Proposal result{aspect, {}, ""};
    if (aspect.whole) {
      result.crops.push_back(crop({0, 0, size_.width, size_.height}, 1));
      return result;
    }
    const image::Size largest = crop_size(aspect, size_, std::min(size_.width, size_.height));
    const double most = box_of({0, 0, largest.width, largest.height}, size_).area();
    std::vector<Candidate> found;
    for (const int kept : {1, 0}) {
      found = candidates(aspect, largest, most, kept);
      if (!found.empty()) break;
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    for (const Candidate& one : found) {
      if (std::ssize(result.crops) == each) break;
      const bool known =
          std::any_of(result.crops.begin(), result.crops.end(),
                      [&](const Crop& chosen) { return are_alike(chosen.part, one.part); });
      if (!known) result.crops.push_back(crop(one.part, most));
    }
    if (result.crops.empty()) {
      result.refusal = refusal_for(aspect.name, static_cast<double>(largest.width) / size_.width,
                                   static_cast<double>(largest.height) / size_.height, boxes_);
    }
    return result;
  }

 private:
  [[nodiscard]] std::vector<Candidate> candidates(const Aspect& aspect, image::Size largest,
                                                  double most, int kept) const {
    std::vector<Candidate> found;
    const int shorter = std::min(largest.width, largest.height);
    const double least = scene_.subjects.empty() ? smallest_unsure : smallest;
    int last = 0;
    for (int i = 0; i < sizes; ++i) {
      const double scale = 1 - (1 - least) * i / (sizes - 1);
      const int edge = std::max(1, static_cast<int>(std::lround(scale * shorter)));
      if (edge == last) continue;
      last = edge;
      const image::Size size = crop_size(aspect, size_, edge);
      const std::vector<int> lefts = beginnings(size_.width, size.width, across_);
      for (const int top : beginnings(size_.height, size.height, down_)) {
        for (const int left : lefts) {
          const image::Part part{left, top, size.width, size.height};
          const Box box = box_of(part, size_);
          if (!cuts_nothing(box, boxes_, kept)) continue;
          found.push_back({part, judge_.judge(box, most).score()});
        }
      }
    }
    return found;
  }

  [[nodiscard]] Crop crop(const image::Part& part, double most) const {
    const Box box = box_of(part, size_);
    const CropTerms terms = judge_.judge(box, most);
    const bool known = sure() || (part.width == size_.width && part.height == size_.height);
    std::vector<std::string> reasons =
        reasons_for(box, terms, scene_, composition_, boxes_, judge_.keeps_axis());
    if (!known) reasons.emplace_back(unsure);
    return {part, terms.score(), known, std::move(reasons)};
  }

  const Scene& scene_;
  const Composition& composition_;
  image::Size size_;
  std::vector<Protected> boxes_;
  std::vector<Span> across_, down_;
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
