// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// A key as ABC writes it: "D", "F#m", "Bb mixolydian", "HP"; what follows it (a clef, accidentals)
/// is left out. "none" and "" are C major. None when it is no key.
[[nodiscard]] std::optional<Key> parse_abc_key(std::string_view text);

/// "6/8", "C", "C|"; none for free metre and what is none.
[[nodiscard]] std::optional<Metre> parse_abc_metre(std::string_view text);

/// "1/8" in ticks; none when it is no length of 1/512 to 4.
[[nodiscard]] std::optional<Tick> parse_abc_length(std::string_view text);

/// "1/4=120", "Allegro" 3/8=60, or "120", which counts `unit`s; none when it names no tempo between
/// 4 and 2,000 quarters a minute.
[[nodiscard]] std::optional<Tempo> parse_abc_tempo(std::string_view text, Tick unit);

/// What K: says of a key: "F#m", "Ddor".
[[nodiscard]] std::string abc_key(Key key);

}  // namespace atelier::music
