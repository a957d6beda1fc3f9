// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// Ticks of a whole bar.
[[nodiscard]] Tick bar_length(Metre metre, int ticks_per_quarter) noexcept;

/// The metre that holds at a tick.
[[nodiscard]] Metre metre_at(const Score& score, Tick at) noexcept;

/// The key that holds at a tick.
[[nodiscard]] Key key_at(const Score& score, Tick at) noexcept;

/// Where bars begin, from 0 to before the end: those the score names, or else one for each whole
/// bar of the metres; a new metre begins a bar. Throws Error invalid_argument for more than a
/// million bars.
[[nodiscard]] std::vector<Tick> bar_starts(const Score& score);

/// Turns ticks into seconds by a score's tempi.
class TempoMap {
 public:
  explicit TempoMap(const Score& score);

  [[nodiscard]] double seconds(Tick at) const;

 private:
  struct Stretch {
    Tick at;
    double seconds, seconds_per_tick;
  };
  std::vector<Stretch> stretches_;
};

}  // namespace atelier::music
