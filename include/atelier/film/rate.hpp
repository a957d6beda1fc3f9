// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <numeric>

#include "atelier/film/time.hpp"

namespace atelier::film {

/// Frames a second as a fraction, to a thousandth. `frames_a_second`: 0.001 at least.
[[nodiscard]] inline Rational rate_of(double frames_a_second) {
  const int a_thousand_seconds = static_cast<int>(std::lround(frames_a_second * 1000));
  const int common = std::gcd(a_thousand_seconds, 1000);
  return {a_thousand_seconds / common, 1000 / common};
}

}  // namespace atelier::film
