// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// A thing of a tune in the order of writing. Times are in abc_ticks_per_quarter.
struct AbcElement {
  enum class Kind {
    sound,   ///< `pitches` together for `length`; none: a rest
    bar,     ///< a line, possibly with repeat signs
    ending,  ///< begins what is played in the rounds of `rounds` only
    chord,   ///< `text`
    key,
    metre,
    tempo,
    part,  ///< `text` is its label
  };
  Kind kind = Kind::sound;
  Tick length = 0;
  std::vector<int> pitches;
  bool tied = false;         ///< to the next sound
  bool section = false;      ///< a bar that is double, or thick
  bool line = true;          ///< a bar that has a line, as :: has not
  int ends = 0;              ///< a bar's repeat signs for what stands before it
  int begins = 0;            ///< and for what comes after it
  std::uint32_t rounds = 0;  ///< of an ending: bit n for round n, 1..9
  std::string text;
  Key key;
  Metre metre;
  Tempo tempo;
};

/// The elements in the order they are played, by their places: repeats and endings are followed,
/// and the parts in the order of the tune's head, when it has one.
/// Throws Error bad_input, beginning with `name`, when that passes max_tune_events or a part is
/// unknown.
[[nodiscard]] std::vector<std::size_t> playing_order(const std::vector<AbcElement>& elements,
                                                     const std::string& parts,
                                                     const std::string& name);

/// "(AB)2C" as "ABABC": letters, groups and counts nested up to 8 deep, at most 1,000 parts. Throws
/// Error bad_input, beginning with `name`.
[[nodiscard]] std::string part_order(const std::string& text, const std::string& name);

}  // namespace atelier::music
