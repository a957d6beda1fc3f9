// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "atelier/music/chorale.hpp"
#include "atelier/music/vocabulary.hpp"

namespace atelier::music {

/// Chorales as tokens: START, then for each sixteenth what soprano, alto, tenor and bass do, then
/// END. A voice holds its pitch (HOLD), rests (REST) or strikes one (P60: middle C). A BEAT stands
/// before the first sixteenth of each quarter, so that a model knows where it is in it.
///
/// Source: the form of Hadjeres, Pachet, Nielsen, "DeepBach", ICML 2017, with pitches by number, a
/// rest of its own, and BEAT for their subdivision list.
///
/// Pitches are 31..86: Bach's chorales lie in 36..81, so that each may be transposed by five
/// semitones either way. Both ways are lossless within them.
inline constexpr int lowest_chorale_pitch = 31, highest_chorale_pitch = 86;

[[nodiscard]] const Vocabulary& chorale_vocabulary();

inline constexpr int chorale_hold = Vocabulary::first_own, chorale_rest = chorale_hold + 1,
                     chorale_beat = chorale_rest + 1, first_chorale_pitch = chorale_beat + 1;

/// Where a token of a chorale stands, counted from 0 behind START.
struct ChoralePlace {
  std::size_t step;   ///< the sixteenth
  std::size_t voice;  ///< whose token it is, unless it is a BEAT
  bool beat;
};
[[nodiscard]] ChoralePlace chorale_place(std::size_t token);
/// The tokens of so many whole sixteenths, with their BEATs.
[[nodiscard]] std::size_t chorale_tokens(std::size_t steps);

/// Throws Error invalid_argument for a pitch outside the range.
[[nodiscard]] std::vector<int> encode(const Chorale& chorale);

/// Reads back what encode() gives; START, END and PAD may be missing. Throws Error
/// invalid_argument for a token that is none, a BEAT that is missing or out of place, a last
/// sixteenth without four voices, a voice that holds what it has not struck, and more than
/// max_chorale_steps.
[[nodiscard]] Chorale decode_chorale(std::span<const int> tokens);

/// By how many semitones a chorale may be moved, 0 among them, so that every voice stays within
/// `lowest` to `highest` of that voice over a set of pieces: what augmentation uses.
struct VoiceSpan {
  int lowest = 127, highest = 0;
};
[[nodiscard]] std::array<VoiceSpan, chorale_voices> voice_spans(std::span<const Chorale> pieces);
[[nodiscard]] std::vector<int> transpositions(const Chorale& chorale,
                                              const std::array<VoiceSpan, chorale_voices>& spans);

}  // namespace atelier::music
