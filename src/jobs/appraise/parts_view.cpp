// SPDX-License-Identifier: Apache-2.0
#include "jobs/appraise/parts_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace atelier::jobs {
namespace {

constexpr std::array<float, 3> for_it{0.90F, 0.45F, 0.05F}, against{0.10F, 0.35F, 0.80F};
constexpr float most_tint = 0.6F;

/// Between which two of the middles of parts a place lies, and how far from the first to the
/// second.
struct Between {
  int first = 0;
  double share = 0;
};
Between between(double place, double first_middle, double last_middle) {
  constexpr int steps = appraise::parts_across - 1;
  const double at =
      std::clamp((place - first_middle) / (last_middle - first_middle), 0.0, 1.0) * steps;
  const int first = std::min(static_cast<int>(at), steps - 1);
  return {first, at - first};
}

}  // namespace

image::Image parts_view(image::Image picture, image::Size work,
                        const std::vector<appraise::PartLikeness>& parts) {
  const auto lean = [&](int x, int y) {
    return parts[static_cast<std::size_t>(y * appraise::parts_across + x)].lean;
  };
  const auto middle_x = [&](const image::Part& part) {
    return (part.left + part.width / 2.0) / work.width;
  };
  const auto middle_y = [&](const image::Part& part) {
    return (part.top + part.height / 2.0) / work.height;
  };
  const image::Part &first = parts.front().part, &last = parts.back().part;
  for (int y = 0; y < picture.height; ++y) {
    const Between down = between((y + 0.5) / picture.height, middle_y(first), middle_y(last));
    for (int x = 0; x < picture.width; ++x) {
      const Between across = between((x + 0.5) / picture.width, middle_x(first), middle_x(last));
      const double upper = std::lerp(lean(across.first, down.first),
                                     lean(across.first + 1, down.first), across.share),
                   lower = std::lerp(lean(across.first, down.first + 1),
                                     lean(across.first + 1, down.first + 1), across.share);
      const double of_it = std::lerp(upper, lower, down.share) / full_lean;
      const auto tint = static_cast<float>(std::min(std::abs(of_it), 1.0)) * most_tint;
      float* pixel = &picture.rgb[3 * (static_cast<std::size_t>(y) * picture.width + x)];
      const float grey = 0.299F * pixel[0] + 0.587F * pixel[1] + 0.114F * pixel[2];
      for (std::size_t c = 0; c < 3; ++c)
        pixel[c] = std::lerp(grey, of_it > 0 ? for_it[c] : against[c], tint);
    }
  }
  return picture;
}

}  // namespace atelier::jobs
