// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atelier/verse/chinese_sounds.hpp"
#include "atelier/verse/form.hpp"

namespace atelier::verse {

class EnglishSounds;

/// A poem's text without its title: a first line that is followed by a blank one, or that lacks the
/// mark with which a Chinese poem ends, is the title.
struct TitledPoem {
  std::string title;  ///< empty where there is none
  std::string text;
};
[[nodiscard]] TitledPoem without_title(std::string_view text);

/// What language a poem is in: Chinese where it has at least as many Chinese characters as English
/// words. Throws Error bad_input where it has neither, for broken UTF-8 and for more than 1 MiB.
[[nodiscard]] Language language_of(std::string_view text);

/// How a finished poem is built, whoever wrote it and whatever form he had in mind.
struct Portrait {
  Language language = Language::english;
  std::vector<int> stanzas;  ///< lines of each; blank lines part them
  /// Of each line its syllables, at least and at most, or its characters, twice the same.
  std::vector<std::pair<int, int>> lengths;
  /// Of each line its rhyme, 0 (a), 1 (b) ... in the order in which they are first heard; -1 for a
  /// line that rhymes with none. A line is joined to the nearest of the `hearing` lines before it
  /// that it rhymes with perfectly, or that ends in the same word; one that is then left alone, to
  /// the nearest of the `hearing_near` before it that it rhymes with nearly (English; so does
  /// every rhyme of a word that the dictionary lacks, whose sound is guessed).
  std::vector<int> rhymes;
  int perfect = 0, near = 0, repeated = 0;  ///< how lines were joined
  /// The form that the poem has, empty: none of those known. It has the form's number of lines and
  /// keeps at least `enough` of what the form asks of measures or tones and of rhymes together, and
  /// half of each.
  std::string form;
  double kept = 0;               ///< share of what `nearest` asks
  nlohmann::ordered_json check;  ///< report on the nearest form (check.hpp); null: none has so
                                 ///< many lines
};

inline constexpr int hearing = 8, hearing_near = 4;  ///< lines
inline constexpr int most_portrait_lines = 1000;
/// Shares of a form's rules: more of Chinese ones, since half of all tones are right by chance.
inline constexpr double enough_english = 0.75, enough_chinese = 0.85;

/// Throws Error bad_input for broken UTF-8, for more than 1 MiB or `most_portrait_lines` lines, and
/// for a text without a line.
[[nodiscard]] Portrait portrait_of_english(std::string_view poem, const EnglishSounds& sounds);
[[nodiscard]] Portrait portrait_of_chinese(std::string_view poem, const ChineseSounds& sounds);

/// "abab cdcd efef gg": a letter a line, - for one that rhymes with none, a blank between stanzas.
/// Numbers with commas, in place of letters, where there are more rhymes than 26.
[[nodiscard]] std::string scheme_text(const Portrait& portrait);

}  // namespace atelier::verse
