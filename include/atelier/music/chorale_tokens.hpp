// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <vector>

#include "atelier/music/chorale.hpp"
#include "atelier/music/vocabulary.hpp"

namespace atelier::music {

/// Chorales as tokens: START, then for each sixteenth what soprano, alto, tenor and bass do, then
/// END. A voice holds its pitch (HOLD), rests (REST) or strikes one (P60: middle C).
///
/// Source: the form of Hadjeres, Pachet, Nielsen, "DeepBach", ICML 2017, with pitches by number and
/// a rest of its own.
///
/// Pitches are 31..86: Bach's chorales lie in 36..81, so that each may be transposed by five
/// semitones either way. Both ways are lossless within them.
inline constexpr int lowest_chorale_pitch = 31, highest_chorale_pitch = 86;

[[nodiscard]] const Vocabulary& chorale_vocabulary();

inline constexpr int chorale_hold = Vocabulary::first_own, chorale_rest = chorale_hold + 1,
                     first_chorale_pitch = chorale_rest + 1;

/// Throws Error invalid_argument for a pitch outside the range.
[[nodiscard]] std::vector<int> encode(const Chorale& chorale);

/// Reads back what encode() gives; START, END and PAD may be missing. Throws Error
/// invalid_argument for a token that is none, a last sixteenth without four voices, a voice that
/// holds what it has not struck, and more than max_chorale_steps.
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
