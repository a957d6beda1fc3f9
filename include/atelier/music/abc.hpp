// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// Largest text that is read, in bytes, and most notes, rests and bars of one tune when its repeats
/// are unfolded.
inline constexpr std::uintmax_t max_abc_bytes = 16u << 20;
inline constexpr std::size_t max_tune_events = 100'000;

/// Ticks to a quarter in tunes that are read: every note down to the 128th, and tuplets of 3, 5, 7
/// and 9 of them, are whole.
inline constexpr int abc_ticks_per_quarter = 10080;

/// The tunes of a file, each from its X: field on. Text before the first is no tune. Throws Error
/// bad_input when there is none or the text is larger than max_abc_bytes.
[[nodiscard]] std::vector<std::string_view> abc_tunes(std::string_view text);

/// Reads one tune as it sounds.
///
/// Source: "The abc music standard 2.1" (2011). Read are the fields T, M, L, K (all modes, HP), Q,
/// P (an order of parts in the head is played) and V, the others than V also within a line; notes
/// with accidentals that hold to the bar's end in every octave, lengths, broken rhythm, rests,
/// chords, ties, tuplets, bar lines, repeats and numbered endings, which are unfolded; chord
/// symbols are kept as text. Skipped are grace notes, decorations, slurs, lyrics, other fields and
/// signs that mean nothing. A repeat without a beginning goes back to the last repeat, double bar
/// or part.
///
/// A bar that a repeat divides counts as one: two bars whose lengths make one of the metre are
/// joined. The voices are those of V:, with velocity 80.
///
/// Throws Error bad_input, with one sentence that names the tune and the line, for no K: field, no
/// note, chords or parts that do not end, an overlay (&), lengths that no grid above holds or
/// longer than 100 wholes, and what passes max_tune_events.
[[nodiscard]] Score read_abc(std::string_view tune);

/// Writes a tune that read_abc() reads back to the same score in abc_ticks_per_quarter, as long as
/// its voices are named 1, 2, ... or it has one, and play program 0 with velocity 80. Notes of a
/// voice that overlap with different ends are put into further voices. Accidentals are written
/// wherever a reader could doubt them.
///
/// Throws Error invalid_argument for what check() refuses, and for times that are no multiple of a
/// 128th or of its tuplets: use in_ticks() with 12 ticks to a quarter, for instance, first.
[[nodiscard]] std::string write_abc(const Score& score);

}  // namespace atelier::music
