// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/music/key.hpp"

namespace atelier::music {

/// A chord's name that many semitones higher, spelt for `key`: the letter that it begins with and
/// the one after a stroke. "D/f+" (the Nottingham way to write a sharp) up a tone is "E/g+". Text
/// that begins with no letter of a note stays.
[[nodiscard]] std::string transposed_chord(const std::string& text, int semitones, Key key);

}  // namespace atelier::music
