// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "atelier/music/chorale.hpp"
#include "atelier/music/chorale_tokens.hpp"

namespace atelier::music {

/// Where the voices of a choir are at home: soprano C4..G5, alto G3..D5, tenor C3..G4, bass E2..C4.
/// Source: Kostka, Payne, Almen, "Tonal harmony", 8th edition, ch. 5.
inline constexpr std::array<VoiceSpan, chorale_voices> choir_ranges{
    {{60, 79}, {55, 74}, {48, 67}, {40, 60}}};

/// How a chorale keeps the rules of four-part writing, in counts that add up over pieces.
struct VoiceLeading {
  int chords = 0;            ///< sixteenths in which a voice begins or ends a note
  int parallel_fifths = 0;   ///< pairs of voices that move the same way from one fifth to another
  int parallel_octaves = 0;  ///< the same for octaves and unisons
  int crossed = 0;           ///< chords in which a voice lies above the one over it
  int dissonant = 0;         ///< chords with a second, a seventh or a tritone between two voices
  int beats = 0;             ///< chords on a quarter
  int dissonant_beats = 0;   ///< of these
  std::array<int, chorale_voices> notes{};
  std::array<int, chorale_voices> out_of_range{};  ///< of these, outside choir_ranges

  VoiceLeading& operator+=(const VoiceLeading& other);
};

/// Intervals count across octaves: a twelfth is a fifth. Voices must both move; a chord is compared
/// with the one before it, so that what ornaments hide is not found, and what they make is.
[[nodiscard]] VoiceLeading voice_leading(const Chorale& chorale);

/// What two voices do from one sixteenth to the next, as VoiceLeading counts it.
enum class Parallel { none, fifth, octave };
[[nodiscard]] Parallel parallel(const ChoraleStep& from, const ChoraleStep& to, std::size_t a,
                                std::size_t b);

}  // namespace atelier::music
