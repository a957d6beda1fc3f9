// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "verse/english_lexicon.hpp"

namespace atelier::verse {

using SharedBeginnings = std::shared_ptr<const Beginnings>;

/// What a word must be.
struct Asked {
  Places from = 0, to = 0;  ///< where it begins, and one of the places that it must lead to
  Places measures = 0;      ///< of the line, for its rhyme
  int least = 0;            ///< words, itself among them, that must share its rhyme; 0 for no rhyme
  char letter = 0;          ///< its first; 0 for any
  auto operator<=>(const Asked&) const = default;
};

/// What does not change while poems are written with one vocabulary, and the latest answers of what
/// words there are. Thread-safe. `sounds` must outlive it.
class EnglishSetting {
 public:
  EnglishSetting(const Form& form, const VerseOptions& options, const EnglishSounds& sounds,
                 const std::vector<std::string>& vocabulary);

  [[nodiscard]] const EnglishPlan& plan() const { return plan_; }
  [[nodiscard]] const EnglishSounds& sounds() const { return sounds_; }
  [[nodiscard]] const EnglishLexicon& lexicon() const { return lexicon_; }

  /// Beginnings of the words that are as asked.
  SharedBeginnings beginnings(const Asked& asked);

 private:
  [[nodiscard]] bool answers(const Reading& reading, const Asked& asked) const;

  const EnglishPlan plan_;
  const EnglishSounds& sounds_;
  const EnglishLexicon lexicon_;
  std::mutex mutex_;
  std::map<Asked, SharedBeginnings> known_;
};

}  // namespace atelier::verse
