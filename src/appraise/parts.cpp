// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/parts.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier::appraise {

std::vector<PartLikeness> likeness_of_parts(const Appraiser& appraiser, const image::Image& work,
                                            const std::vector<Hand>& reference) {
  const int width = (work.width + 1) / 2, height = (work.height + 1) / 2;
  if (std::min(width, height) < least_part) {
    fail(ErrorKind::invalid_argument,
         "a work of {} x {} px is too small to be looked at in parts; both edges need {} px.",
         work.width, work.height, 2 * least_part - 1);
  }
  const auto start = [](int step, int whole, int part) {
    return step * (whole - part) / (parts_across - 1);
  };
  std::vector<PartLikeness> parts;
  double sum = 0;
  for (int y = 0; y < parts_across; ++y) {
    for (int x = 0; x < parts_across; ++x) {
      const image::Part part{start(x, work.width, width), start(y, work.height, height), width,
                             height};
      const Hand hand = appraiser.hand_of(image::cut(work, part));
      parts.push_back({part, appraiser.compare(reference, hand).likeness});
      sum += parts.back().likeness;
    }
  }
  for (PartLikeness& part : parts) part.lean = part.likeness - sum / std::ssize(parts);
  return parts;
}

}  // namespace atelier::appraise
