// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace atelier::film {

/// A fraction, for rates (frames a second: 24000/1001) and units of time (seconds a tick:
/// 1001/24000). Both parts are positive, or it is not known.
struct Rational {
  int num = 0;
  int den = 1;

  [[nodiscard]] bool known() const noexcept { return num > 0 && den > 0; }
  [[nodiscard]] double value() const noexcept { return static_cast<double>(num) / den; }
  [[nodiscard]] Rational inverse() const noexcept { return {den, num}; }
  friend bool operator==(const Rational&, const Rational&) = default;
};

/// When a frame is shown, in whole ticks of its film, so that no rounding moves it.
struct FrameTime {
  std::int64_t start = 0;     ///< ticks since the film's beginning; grows from frame to frame
  std::int64_t duration = 0;  ///< ticks; 0: until the next frame, or one frame of the rate
  friend bool operator==(const FrameTime&, const FrameTime&) = default;
};

}  // namespace atelier::film
