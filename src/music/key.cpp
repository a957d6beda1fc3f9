// SPDX-License-Identifier: Apache-2.0
#include "atelier/music/key.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace atelier::music {
namespace {

constexpr std::array semitones_of_step{0, 2, 4, 5, 7, 9, 11};
constexpr std::string_view letters = "CDEFGAB";
/// Places of C to B on the line of fifths, C at 0.
constexpr std::array fifths_of_step{0, 2, 4, -1, 1, 3, 5};
/// Fifths from the signature's major tonic to that of each Mode.
constexpr std::array fifths_of_mode{0, 2, 4, -1, 1, 3, 5};
constexpr std::array mode_names{"major",      "dorian", "phrygian", "lydian",
                                "mixolydian", "minor",  "locrian"};

int modulo(int value, int by) noexcept {
  return (value % by + by) % by;
}

/// The step and sign at a place on the line of fifths.
Spelling at_fifth(int place) noexcept {
  const int from_f = place + 1;  // F is the first of the seven without a sign
  constexpr std::array steps{3, 0, 4, 1, 5, 2, 6};
  const int step = steps[static_cast<std::size_t>(modulo(from_f, 7))];
  return {step, (from_f - modulo(from_f, 7)) / 7, 4};
}

std::string with_sign(int step, int alter) {
  std::string name(1, letters[static_cast<std::size_t>(step)]);
  for (; alter > 0; --alter) name += '#';
  for (; alter < 0; ++alter) name += 'b';
  return name;
}

int tonic_place(Key key) noexcept {
  return key.fifths + fifths_of_mode[static_cast<std::size_t>(key.mode)];
}

}  // namespace

int tonic(Key key) noexcept {
  return modulo(7 * tonic_place(key), 12);
}

Key key_of(int tonic, Mode mode) noexcept {
  const int place = modulo(7 * tonic, 12) - fifths_of_mode[static_cast<std::size_t>(mode)];
  const int fifths = modulo(place + 5, 12) - 5;  // -5..6
  return {fifths, mode};
}

Key transposed(Key key, int semitones) noexcept {
  return modulo(semitones, 12) == 0 ? key : key_of(modulo(tonic(key) + semitones, 12), key.mode);
}

std::string name_of(Key key) {
  const Spelling at = at_fifth(tonic_place(key));
  return fmt::format("{} {}", with_sign(at.step, at.alter),
                     mode_names[static_cast<std::size_t>(key.mode)]);
}

Spelling spell(int pitch, Key key) noexcept {
  const int lowest = key.fifths - 3;
  const int place = lowest + modulo(7 * pitch - lowest, 12);
  Spelling spelling = at_fifth(place);
  const int white =
      pitch - spelling.alter - semitones_of_step[static_cast<std::size_t>(spelling.step)];
  spelling.octave = white / 12 - 1;
  return spelling;
}

int signature_alter(Key key, int step) noexcept {
  const int from_f = fifths_of_step[static_cast<std::size_t>(step)] + 1;  // 0..6
  if (key.fifths > 0) return from_f < key.fifths ? 1 : 0;
  return from_f >= 7 + key.fifths ? -1 : 0;
}

int pitch_of(Spelling spelling) noexcept {
  return 12 * (spelling.octave + 1) + semitones_of_step[static_cast<std::size_t>(spelling.step)] +
         spelling.alter;
}

std::string name_of(Spelling spelling) {
  return with_sign(spelling.step, spelling.alter) + std::to_string(spelling.octave);
}

}  // namespace atelier::music
