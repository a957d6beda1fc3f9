// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "verse/english_line.hpp"
#include "verse/english_setting.hpp"

namespace atelier::verse {

/// What a line needs, worked out when it begins.
struct LineFacts {
  std::vector<Need> needs;
  Places go_on = 0;  ///< where another word may begin
};

enum class Where { line_begins, in_word, after_word, word_must_follow, done };

/// The poem so far.
struct Place {
  Where where = Where::line_begins;
  std::vector<LineEnd> ended;
  std::uint32_t viable = 0;                ///< variants, as bits
  std::shared_ptr<const LineFacts> facts;  ///< null until asked for
  Places at = 0;                           ///< in the line's measures, after the last whole word
  bool first_word = true;                  ///< of its line, to come or being written
  std::string word;                        ///< that is being written
  int node = 0;                ///< of it in the trie; none when no word of the lexicon begins so
  bool given = false;          ///< it came as text, not as pieces
  bool opened = false;         ///< a mark has opened before the next word
  bool empty_line = false;     ///< one was left before this line
  std::optional<LineEnd> end;  ///< of the line, if it ends after the mark that was written
};

/// How a poem goes on, letter by letter and sign by sign (those of EnglishPiece). `setting` must
/// outlive it.
class EnglishSteps {
 public:
  explicit EnglishSteps(const EnglishSetting& setting) : setting_(setting) {}

  /// Works out what the line needs where that is not known yet.
  void look(Place& place) const;
  /// The letter that the next word must begin with; 0 for any.
  [[nodiscard]] char letter_wanted(const Place& place) const;
  /// Whether a letter may begin the next word, or goes on with one.
  [[nodiscard]] bool fits_acrostic(const Place& place, char letter) const;
  /// Begins a word with letters or goes on with them. `given`: they came as text.
  void add_letters(Place& place, std::string_view letters, bool given) const;
  /// Takes a sign, or several one by one; false where one may not come.
  bool step(Place& place, char sign) const;
  bool take(Place& place, std::string_view signs) const;

 private:
  [[nodiscard]] const EnglishPlan& plan() const { return setting_.plan(); }
  [[nodiscard]] const EnglishLexicon& lexicon() const { return setting_.lexicon(); }
  /// Readings of the word that was written; none where it is no word.
  [[nodiscard]] std::vector<Reading> readings_of(Place& place) const;
  /// Moves on by the word that was written: where the line may go on, and how it may end. False
  /// where it may do neither.
  bool end_word(Place& place) const;
  bool step_at_line(Place& place, char sign) const;
  bool step_after_word(Place& place, char sign, bool directly) const;
  bool end_line(Place& place) const;

  const EnglishSetting& setting_;
};

}  // namespace atelier::verse
