// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "atelier/music/score.hpp"
#include "atelier/music/vocabulary.hpp"

namespace atelier::music {

/// Piano performances as tokens.
///
/// Source: Oore, Simon, Dieleman, Eck, Simonyan, "This time with feeling: learning expressive
/// musical performance", 2018: ON60 strikes a key, OFF60 lets it go, T1..T100 wait so many
/// hundredths of a second, V1..V32 set the force of the strokes that follow, in bins of four of
/// MIDI's 127.
/// Differs: keys are the piano's 88, 21..108.
///
/// Lossless to the grid: times to the nearest hundredth of a second, velocity to its bin's middle.
/// All voices are played on one piano; a key that two hold is struck again. What lies outside the
/// keyboard is left out, and drums.
inline constexpr int lowest_piano_pitch = 21, highest_piano_pitch = 108;
inline constexpr int piano_keys = highest_piano_pitch - lowest_piano_pitch + 1;
inline constexpr int piano_steps_per_second = 100, longest_piano_wait = 100;
inline constexpr int piano_velocity_bins = 32;

[[nodiscard]] const Vocabulary& piano_vocabulary();

// The first id of each kind.
inline constexpr int first_piano_on = Vocabulary::first_own,
                     first_piano_off = first_piano_on + piano_keys,
                     first_piano_wait = first_piano_off + piano_keys,
                     first_piano_velocity = first_piano_wait + longest_piano_wait;

/// Throws Error invalid_argument for what check() refuses and pieces above ten hours.
[[nodiscard]] std::vector<int> encode_piano(const Score& score);

struct PianoPerformance {
  Score score;  ///< one voice, 50 ticks to a quarter at 120 a minute: a tick is a hundredth
  std::int64_t hanging_notes = 0;  ///< keys that were never let go; they end with the piece
};

/// Reads back what encode_piano() gives, and whatever a model makes: letting go of what does not
/// sound means nothing, a key struck twice ends its first note. START, END and PAD may be missing.
/// Throws Error invalid_argument for a token that is none and for what is longer than a score may
/// be.
[[nodiscard]] PianoPerformance decode_piano(std::span<const int> tokens);

}  // namespace atelier::music
