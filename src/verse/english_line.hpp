// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "verse/english_lexicon.hpp"

namespace atelier::verse {

struct Need;

/// How a line may end: its last word, and where each reading of it ends in the measures; 0 for a
/// reading that ends in none.
struct LineEnd {
  struct Said {
    Reading reading;
    Places places = 0;
  };
  std::string word;
  std::vector<Said> said;

  /// Keys of the readings that end the line as is needed and have none of the sounds used so far.
  [[nodiscard]] std::set<std::uint64_t> keys(const EnglishPlan& plan, const Need& need) const;
};

/// What a line's last word must be, in the variants that ask for the same.
struct Need {
  std::uint32_t variants = 0;  ///< bits
  Places measures = 0, ends = 0;
  bool rhymed = false;
  int uses_after = 0;                 ///< lines that must still rhyme with it
  std::vector<int> uses_before;       ///< lines that it must rhyme with
  std::set<std::string> used;         ///< their words
  std::set<std::uint64_t> sounds;     ///< and how these may sound
  std::map<std::uint64_t, int> keys;  ///< that these share, with how many words are left
};

/// The needs of the line that follows `ended` lines, of variants in `viable`.
[[nodiscard]] std::vector<Need> needs_of_line(const EnglishPlan& plan,
                                              const EnglishLexicon& lexicon,
                                              const std::vector<LineEnd>& ended,
                                              std::uint32_t viable);

/// Whether a word's reading that ends at `places` meets a need, with rhymes left for lines to come.
[[nodiscard]] bool meets(const Need& need, const EnglishPlan& plan, const EnglishLexicon& lexicon,
                         const std::string& word, const Reading& reading, Places places);

/// Where another word of the line may begin so that the line can be ended as one of the needs says.
[[nodiscard]] Places can_go_on(const std::vector<Need>& needs, const EnglishPlan& plan,
                               const EnglishLexicon& lexicon);

}  // namespace atelier::verse
