// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// A note, chord or rest that can be written with one sign.
struct Sign {
  Tick start = 0;
  std::vector<int> pitches;  ///< none: a rest
  int base = 32;             ///< 128ths of its head: 1, 2, 4, ... 256; 32 is a quarter
  bool dotted = false;
  int tuplet = 1;  ///< 3, 5, 7 or 9: so many of them last as long as time_of(tuplet)
  bool tied_from = false, tied_to = false;

  [[nodiscard]] int written() const { return dotted ? base + base / 2 : base; }  ///< 128ths
};

/// Notes of a tuplet in the time of how many: 2 for 3, 4 for 5 and 7, 8 for 9; 1 for 1.
[[nodiscard]] int time_of(int tuplet) noexcept;

/// In how many ticks a sign sounds, abc_ticks_per_quarter to a quarter.
[[nodiscard]] Tick ticks_of(const Sign& sign) noexcept;

struct NotatedBar {
  Tick start = 0, end = 0;
  std::vector<Sign> signs;  ///< one after the other, without gaps
};

/// A voice, or that part of it whose notes do not overlap with other ends: bars from the beginning
/// to the score's end.
using Layer = std::vector<NotatedBar>;

/// A score with abc_ticks_per_quarter, checked. Throws Error invalid_argument for what check()
/// refuses and for times that are no multiple of a 128th or of its tuplets.
[[nodiscard]] Score for_notation(const Score& score);

/// The layers of one voice of such a score, at least one. Signs also end where the metre, the key
/// or the tempo changes, and in the first layer of the first voice where a chord symbol stands.
[[nodiscard]] std::vector<Layer> notate(const Score& score, int voice);

/// How many signs from `first` on make one tuplet: those that follow of its kind until they last a
/// whole number of 128ths; 0 when it is none.
[[nodiscard]] std::size_t tuplet_signs(const NotatedBar& bar, std::size_t first);

}  // namespace atelier::music
