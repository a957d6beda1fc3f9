// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/music/score.hpp"

namespace atelier::music {

inline constexpr int chorale_voices = 4;  ///< soprano, alto, tenor, bass, in this order
inline constexpr int steps_per_quarter = 4;
inline constexpr std::size_t max_chorale_steps = 16384;
inline constexpr std::uintmax_t max_chorale_bytes = 64u << 20;

/// What four voices do in a sixteenth.
struct ChoraleStep {
  static constexpr int rest = -1;
  std::array<int, chorale_voices> pitch{rest, rest, rest, rest};  ///< 0..127 or rest
  std::array<bool, chorale_voices> struck{};  ///< the pitch begins here; else it is held
  friend auto operator<=>(const ChoraleStep&, const ChoraleStep&) = default;
};

/// A piece for four voices on a grid of sixteenths. A voice that is not struck has the pitch of
/// the step before.
struct Chorale {
  std::vector<ChoraleStep> steps;
  friend bool operator==(const Chorale&, const Chorale&) = default;
};

/// Reads sets of chorales by name ("train", "valid", "test") from the JSON form of Bach's chorales
/// that research uses (Boulanger-Lewandowski, Bengio, Vincent, ICML 2012, as JSB-Chorales-dataset
/// publishes it): an object of lists of pieces, which are lists of sixteenths, which are lists of
/// up to four MIDI pitches from soprano to bass. Whole numbers may be written 60 or 60.0.
///
/// The form does not say where a pitch is struck again: one that stays is taken as held. Nor does
/// it say which voice rests where fewer than four pitches stand: those that are there are given,
/// in their order, to the voices that move least.
///
/// Throws Error bad_input, in one sentence, for what is no such JSON, pitches outside 1..127, more
/// than four at once, above 100,000 pieces, max_chorale_steps or max_chorale_bytes.
[[nodiscard]] std::map<std::string, std::vector<Chorale>> read_chorales(std::string_view json);

/// Four voices with the instrument `program` (52: choir), 4 ticks to a quarter, at `quarters` a
/// minute.
[[nodiscard]] Score to_score(const Chorale& chorale, int program = 52, int quarters = 72);

/// The reverse: voices 0..3 of a score, on the grid of sixteenths. Throws Error invalid_argument
/// for other than four voices, two notes of a voice at once, or above max_chorale_steps.
[[nodiscard]] Chorale to_chorale(const Score& score);

/// All pitches that many semitones higher. Throws Error invalid_argument when one leaves 0..127.
[[nodiscard]] Chorale transposed(const Chorale& chorale, int semitones);

}  // namespace atelier::music
