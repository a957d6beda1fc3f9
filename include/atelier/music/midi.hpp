// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// Largest file that is read, in bytes.
inline constexpr std::uintmax_t max_midi_bytes = 64u << 20;

struct MidiReadOptions {
  bool pedal = false;  ///< keys let go under the sustain pedal (controller 64) sound until it rises
};

struct MidiFile {
  Score score;
  std::int64_t hanging_notes = 0;  ///< struck and never let go; they end with their track
};

/// Reads a Standard MIDI File.
///
/// Source: MIDI Manufacturers Association, "Standard MIDI Files 1.0" (RP-001), formats 0 and 1,
/// with times in ticks per quarter note. Running status is kept across other events, which some
/// programs rely on. Kept are notes, tempi, metres, keys, instruments and the names of tracks (that
/// of the first is the title); other controllers, texts and system-exclusive bytes are skipped.
///
/// Each track, channel and instrument is a voice, in the order of their first notes. Of several
/// notes of one pitch that are open, the one struck first is let go first. A second pitch struck in
/// a voice that sounds it ends the first (tidy()). A key signature outside -7..7 is left out.
///
/// Throws Error bad_input, with one sentence that begins with `name`, for what is no MIDI file,
/// is damaged or cut short, has format 2 or SMPTE times, or passes the limits in score.hpp.
[[nodiscard]] MidiFile read_midi(std::string_view bytes, std::string_view name = "the MIDI file",
                                 const MidiReadOptions& options = {});

/// Writes format 1: a track of tempi, metres and keys, then one for each voice. The same score
/// gives the same bytes, every note that begins ends, and a note ends before another begins at the
/// same tick, so that reading gives the notes back exactly.
///
/// Up to 15 voices have a channel each, drums have channel 10; of more, those of one instrument
/// share one. Modes other than minor are written as major with their own signature. Chord symbols
/// and bars that the metres do not tell are not written.
///
/// Throws Error invalid_argument for what check() refuses, more than 15 instruments, and titles or
/// names above 1,000 bytes.
[[nodiscard]] std::string write_midi(const Score& score);

}  // namespace atelier::music
