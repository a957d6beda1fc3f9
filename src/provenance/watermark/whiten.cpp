// SPDX-License-Identifier: Apache-2.0
#include "provenance/watermark/whiten.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::provenance::watermark {
namespace {

constexpr double fine = 1, coarse = 2.2, nearby = 5;  // px
constexpr float floor_level = 0.7F;                   // grey levels
constexpr float limit = 2.5F;

}  // namespace

Whitened whiten(const Plane& luma) {
  Whitened result{gaussian(luma, fine), Plane(luma.width, luma.height)};
  const Plane low = gaussian(luma, coarse);
  for (std::size_t i = 0; i < luma.values.size(); ++i) {
    result.signal.values[i] -= low.values[i];
    result.activity.values[i] = result.signal.values[i] * result.signal.values[i];
  }
  result.activity = gaussian(result.activity, nearby);
  for (std::size_t i = 0; i < luma.values.size(); ++i) {
    float& activity = result.activity.values[i];
    activity = std::sqrt(std::max(0.0F, activity));
    const float level = activity + floor_level;
    result.signal.values[i] =
        std::clamp(result.signal.values[i] / level, -limit, limit) / std::sqrt(level);
  }
  return result;
}

}  // namespace atelier::provenance::watermark
