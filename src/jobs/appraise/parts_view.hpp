// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/appraise/parts.hpp"
#include "atelier/image/image.hpp"

namespace atelier::jobs {

/// A picture in grey, tinted orange where parts speak for a painter and blue where they speak
/// against, the stronger the more: wholly at a lean of `full_lean`. Between the middles of parts
/// the lean is interpolated linearly. `work`: the size that `parts` were measured in.
inline constexpr double full_lean = 0.08;
[[nodiscard]] image::Image parts_view(image::Image picture, image::Size work,
                                      const std::vector<appraise::PartLikeness>& parts);

}  // namespace atelier::jobs
