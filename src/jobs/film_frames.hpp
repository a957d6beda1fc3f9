// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace atelier::jobs {

/// Frames `first` to `end`, that one not counted, from 0.
struct FrameRange {
  std::int64_t first = 0;
  std::int64_t end = -1;  ///< -1: to the film's end

  [[nodiscard]] bool holds(std::int64_t frame) const noexcept { return end < 0 || frame < end; }
};

/// "all", or "A..B" counted from 1 with both included; either may be left out. Throws Error
/// invalid_argument.
[[nodiscard]] FrameRange parse_frames(std::string_view text);

}  // namespace atelier::jobs
