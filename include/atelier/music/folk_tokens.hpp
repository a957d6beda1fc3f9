// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "atelier/music/score.hpp"
#include "atelier/music/vocabulary.hpp"

namespace atelier::music {

/// Folk melodies as tokens, after the form of Sturm et al., "Music transcription modelling and
/// composition using deep learning", CSMC 2016, with numbers for their letters:
///   START mode metre (pitch duration)... BAR ... END
/// MODE_major, ... says the mode, M_6/8 a metre, also before a bar that changes it. P67 and REST
/// begin an event; HOLD goes on with a note behind a bar line, and where a duration has no token.
/// D12 lasts 12 of the grid's 24 parts of a quarter. Durations between two BARs are that bar's.
///
/// Keys are normalised: the melody is moved so that its signature has no signs (C major, A minor, D
/// dorian), by -5..6 semitones, and by octaves into 48..96 where it would leave them.
///
/// Limits: metres of 1..16 beats of 1/2, 1/4, 1/8 or 1/16; durations 1..192 (eight quarters).
/// Lossless on the grid, which holds 32nds and triplets of them, for one voice with one note at a
/// time; of several at once the highest stays. Tempo, chord symbols and later changes of key are
/// not told.
inline constexpr int folk_steps_per_quarter = 24;
inline constexpr int lowest_folk_pitch = 48, highest_folk_pitch = 96, longest_folk_duration = 192;

[[nodiscard]] const Vocabulary& folk_vocabulary();

// The first id of each kind.
inline constexpr int folk_bar = Vocabulary::first_own, folk_hold = folk_bar + 1,
                     folk_rest = folk_hold + 1, first_folk_pitch = folk_rest + 1,
                     first_folk_duration =
                         first_folk_pitch + highest_folk_pitch - lowest_folk_pitch + 1,
                     first_folk_mode = first_folk_duration + longest_folk_duration,
                     first_folk_metre = first_folk_mode + 7;

/// The metre of a token M_6/8, and the token of a metre; none is 0 (PAD).
[[nodiscard]] Metre folk_metre(int token);
[[nodiscard]] int folk_metre_token(Metre metre) noexcept;

/// Encodes voice 0 in the key that holds at its beginning. Throws Error invalid_argument for a
/// metre without a token, no notes, and a melody wider than the range.
[[nodiscard]] std::vector<int> encode_folk(const Score& score);

/// Reads back what encode_folk() gives, in the normalised key, 24 ticks to a quarter, bars where
/// the tokens have them. START, END and PAD may be missing, also mode (major) and metre (4/4).
/// Throws Error invalid_argument for a token that is none, an event without a duration and a
/// duration without an event, no notes, and HOLD at the beginning or after a rest.
[[nodiscard]] Score decode_folk(std::span<const int> tokens);

}  // namespace atelier::music
