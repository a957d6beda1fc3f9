// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "atelier/music/key.hpp"

namespace atelier::music {

/// Musical time: Score::ticks_per_quarter to a quarter note, 0 at the beginning.
using Tick = std::int64_t;

// What a score may hold at most. Readers refuse more, so that no file asks for unbounded memory.
inline constexpr Tick max_tick = 0x7fffffff;
inline constexpr std::size_t max_notes = 1'000'000;
inline constexpr std::size_t max_voices = 256;

/// One sounding note. Notes are ordered by start, voice, pitch.
struct Note {
  Tick start = 0;
  int voice = 0;      ///< place in Score::voices
  int pitch = 60;     ///< MIDI's number, 0..127; 60 is middle C, 69 is 440 Hz
  Tick length = 0;    ///< at least 1
  int velocity = 80;  ///< force of the stroke, 1..127
  friend auto operator<=>(const Note&, const Note&) = default;
};

/// A line of music that one instrument plays.
struct Voice {
  std::string name;
  int program = 0;     ///< instrument of General MIDI, 0..127; 0 is a grand piano
  bool drums = false;  ///< pitches are General MIDI's percussion
  friend bool operator==(const Voice&, const Voice&) = default;
};

struct Tempo {
  Tick at = 0;
  int microseconds_per_quarter = 500'000;  ///< 1..16,777,215; 500,000 is 120 quarters a minute
  friend bool operator==(const Tempo&, const Tempo&) = default;
};

struct Metre {
  Tick at = 0;
  int beats = 4;  ///< 1..99
  int unit = 4;   ///< of a beat: 1, 2, 4, ... 128; 4 is a quarter
  friend bool operator==(const Metre&, const Metre&) = default;
};

struct KeyChange {
  Tick at = 0;
  Key key;
  friend bool operator==(const KeyChange&, const KeyChange&) = default;
};

/// A chord's name above the music, as the source writes it: "Am7", "D/f+".
struct ChordSymbol {
  Tick at = 0;
  std::string text;
  friend bool operator==(const ChordSymbol&, const ChordSymbol&) = default;
};

/// A piece of music. Lists of changes are sorted by time and hold at most one for a time; before
/// the first of a list the tempo is 120 quarters a minute, the metre 4/4, the key C major.
struct Score {
  std::string title;
  int ticks_per_quarter = 480;  ///< 1..32,767
  Tick length = 0;              ///< the end, at or after the last note's
  std::vector<Voice> voices;
  std::vector<Note> notes;  ///< sorted; notes of one voice and pitch do not overlap
  std::vector<Tempo> tempi;
  std::vector<Metre> metres;
  std::vector<KeyChange> keys;
  std::vector<ChordSymbol> chords;
  std::vector<Tick> bars;  ///< starts of bars where the source draws them; else metres tell
  friend bool operator==(const Score&, const Score&) = default;
};

/// Sorts notes, ends a note where its voice strikes the same pitch again, keeps the longer of two
/// that begin together, and sets the length to the last end if it was shorter. Notes of no length
/// get one tick.
void tidy(Score& score);

/// Throws Error invalid_argument, naming what breaks a limit or an order above.
void check(const Score& score);

/// All pitches, keys and chord symbols that many semitones higher; drums stay. Throws Error
/// invalid_argument when a pitch would leave 0..127.
[[nodiscard]] Score transposed(const Score& score, int semitones);

/// The same times in other ticks, rounded to the nearest: a grid when the new ticks are coarser.
/// Throws Error invalid_argument unless `ticks_per_quarter` is 1..32,767.
[[nodiscard]] Score in_ticks(const Score& score, int ticks_per_quarter);

/// The music of one voice alone, as voice 0.
[[nodiscard]] Score only_voice(const Score& score, int voice);

}  // namespace atelier::music
