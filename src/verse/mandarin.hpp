// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

namespace atelier::verse {

/// How a character is read in Mandarin, as far as verse needs it.
struct MandarinReading {
  int tone = 0;      ///< 1 to 4; 5 is the neutral tone; 0 is unknown
  int group13 = -1;  ///< of the thirteen tracks (十三辙), -1 when unknown
  int group18 = -1;  ///< of the eighteen rhymes (中华新韵's forerunner 十八韵), -1 when unknown
};

/// The most common reading of each character, by ICU's Han-Latin (pinyin, after Unihan's
/// kMandarin); the groups by its final. A character of several readings has the first alone.
/// Throws Error missing_capability in a build without ICU.
[[nodiscard]] std::vector<MandarinReading> mandarin_readings(std::u32string_view characters);

/// The reading of one syllable of pinyin with its tone mark, in lower case: "zhōng", "lǜ", "er".
/// Unknown for what is no syllable.
[[nodiscard]] MandarinReading reading_of(std::u32string_view pinyin);

}  // namespace atelier::verse
