// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::music {

/// The seven modes of the white keys, by the degree of the major scale that they begin on.
enum class Mode { major, dorian, phrygian, lydian, mixolydian, minor, locrian };

/// A key: its signature and its mode. {2, major} is D major, {-1, minor} D minor, {0, dorian} D
/// dorian.
struct Key {
  int fifths = 0;  ///< sharps of the signature; flats below zero; -7..7
  Mode mode = Mode::major;
  friend bool operator==(const Key&, const Key&) = default;
};

/// The pitch class of the tonic: 0 for C to 11 for B.
[[nodiscard]] int tonic(Key key) noexcept;

/// The key of this tonic with the fewest signs: 6 flats are written as 6 sharps.
[[nodiscard]] Key key_of(int tonic, Mode mode) noexcept;

/// The key that many semitones higher, with the fewest signs; the same key when that is none.
[[nodiscard]] Key transposed(Key key, int semitones) noexcept;

/// "D major", "F# minor", "Bb mixolydian".
[[nodiscard]] std::string name_of(Key key);

/// How a pitch is written.
struct Spelling {
  int step = 0;    ///< 0 for C to 6 for B
  int alter = 0;   ///< semitones by its sign: -2 (double flat)..2
  int octave = 4;  ///< of the step: middle C, MIDI's 60, begins 4
  friend bool operator==(const Spelling&, const Spelling&) = default;
};

/// Spells a MIDI pitch as near to the key as the line of fifths allows: from three fifths flatter
/// than the tonic of the signature's major key to eight sharper, which holds the raised and lowered
/// degrees that major and minor use most.
[[nodiscard]] Spelling spell(int pitch, Key key) noexcept;

/// The sign that the signature gives a step: -1, 0 or 1.
[[nodiscard]] int signature_alter(Key key, int step) noexcept;

/// MIDI's number of a spelt pitch.
[[nodiscard]] int pitch_of(Spelling spelling) noexcept;

/// "C4", "F#3", "Bb5".
[[nodiscard]] std::string name_of(Spelling spelling);

}  // namespace atelier::music
