// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "assist/planes.hpp"

namespace atelier::assist {

/// Saliency as saliency() describes it, before it is smoothed and made steeper.
struct RawSaliency {
  Plane map;             ///< 0..1; the greatest 1/200 of the barriers, and of the distances, is 1
  double clearness = 0;  ///< 0..1: 0 where no barrier is, 1 from clear_barrier on
};

inline constexpr double clear_barrier =
    0.12;  ///< in Oklab, from which on a map is taken at its word

/// Of the channels of Oklab (oklab_planes()).
[[nodiscard]] RawSaliency raw_saliency(const std::array<Plane, 3>& lab);

}  // namespace atelier::assist
