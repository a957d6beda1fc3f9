// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/music/score.hpp"

namespace atelier::music {

/// Writes MusicXML, which notation programs open.
///
/// Source: W3C Music Notation Community Group, "MusicXML 4.0" (2021), score-partwise. Each voice is
/// a part with its own instrument; notes that overlap with other ends are voices of it. Written are
/// metres, keys, tempi, ties, dots, tuplets and chord symbols (as words above the first part).
/// Voices whose middle pitch lies below middle C get the bass clef.
///
/// Throws as write_abc().
[[nodiscard]] std::string write_music_xml(const Score& score);

}  // namespace atelier::music
