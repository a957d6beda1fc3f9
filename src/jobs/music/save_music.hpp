// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/music/score.hpp"

namespace atelier::jobs {

/// Refuses outputs before any work is done. Throws Error invalid_argument for none, two of a name,
/// and a suffix that names no form; io where one cannot be written; missing_capability for sound
/// without a sound font.
void check_music_outputs(const std::vector<std::filesystem::path>& outputs);

/// The place of piece `number`, 1..count: its own where there is one alone, else with -number
/// before the suffix.
[[nodiscard]] std::filesystem::path numbered(const std::filesystem::path& output, int number,
                                             int count);

/// Writes a piece as the suffix says: MIDI, sound, ABC, MusicXML, engraved sheet music or a piano
/// roll. Notated forms take the nearest twelfth of a quarter. The recipe is kept where the form has
/// a place for it: sound and pictures.
void save_music(const music::Score& score, const std::filesystem::path& path,
                const std::string& recipe, const std::stop_token& stop);

}  // namespace atelier::jobs
