// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "assist/crop_score.hpp"
#include "assist/protected_boxes.hpp"

namespace atelier::assist {

/// Why a part was chosen, in short phrases, the weightiest first; at least one.
[[nodiscard]] std::vector<std::string> reasons_for(const Box& part, const CropTerms& terms,
                                                   const Scene& scene,
                                                   const Composition& composition,
                                                   const std::vector<Protected>& boxes,
                                                   bool keeps_axis);

/// Why no crop of at most these shares of the picture's width and height is possible, that takes at
/// most `most_taken` of it from each side.
[[nodiscard]] std::string refusal_for(const std::string& name, double width, double height,
                                      double most_taken, const std::vector<Protected>& boxes);

}  // namespace atelier::assist
