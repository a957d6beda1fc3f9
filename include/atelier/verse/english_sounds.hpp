// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "atelier/verse/pronunciation.hpp"

namespace atelier::verse {

/// How many syllables a word has and which of them must fall on a strong place of a measure: bit 0
/// is the first syllable. Words of one syllable and function words of several ("into", "upon") may
/// stand anywhere, so that they have no such syllable.
struct Shape {
  int syllables = 1;
  std::uint32_t stressed = 0;
  bool operator==(const Shape&) const = default;
};

/// One way to say a word, as verse sees it. Words rhyme perfectly where they share `perfect`, and
/// nearly where they share any key: of the loose rhyme part, or of the spelling of the word's end
/// ("love" and "prove"). They never rhyme where they share `sound` ("two" and "too", "light" and
/// "delight").
struct Reading {
  Shape shape;
  std::uint64_t perfect = 0;
  std::uint64_t loose = 0;
  std::uint64_t spelt = 0;
  std::uint64_t sound = 0;
};

/// How English words sound in verse.
///
/// Words of the dictionary have its pronunciations. Of others: "'d" and "'st" after a known word
/// add their consonants, "o'er" and its like are known; the rest is pronounced by rules that are
/// learned from the dictionary when the first such word is met, which takes some seconds.
/// Thread-safe.
class EnglishSounds {
 public:
  /// Words of a dictionary's text; see read_pronunciations() for its form and errors.
  static EnglishSounds from_dictionary(std::string_view text);
  /// The same from a file of at most 64 MiB.
  static EnglishSounds read_dictionary(const std::filesystem::path& file);
  ~EnglishSounds();
  EnglishSounds(EnglishSounds&&) noexcept;
  EnglishSounds& operator=(EnglishSounds&&) noexcept;

  /// Takes only these words into words(), such as those of a text, and of them only those that can
  /// be pronounced without rules of letters and are no letters, but for a, i and o.
  void limit_words(const std::vector<std::string>& words);

  /// The words that a constraint writes with, sorted: all of the dictionary, or limit_words().
  [[nodiscard]] const std::vector<std::string>& words() const noexcept { return words_; }
  [[nodiscard]] bool knows(std::string_view word) const;
  /// Ways to say a word (in lower case, letters and apostrophes), at least one, without
  /// repetitions.
  [[nodiscard]] std::vector<Pronunciation> pronunciations(std::string_view word) const;
  [[nodiscard]] std::vector<Reading> readings(std::string_view word) const;

 private:
  EnglishSounds();
  /// Ways to say a word that need no rules of letters.
  [[nodiscard]] std::vector<Pronunciation> known_pronunciations(std::string_view word) const;
  struct Rules;

  std::vector<std::pair<std::string, Pronunciation>> dictionary_;  // sorted by word
  std::unordered_map<std::string_view, std::pair<std::size_t, std::size_t>> places_;
  std::vector<std::string> words_;
  std::unique_ptr<Rules> rules_;
};

/// Whether two words rhyme, in any of their readings; a word does not rhyme with itself, nor with
/// one that sounds like it.
enum class Rhyme { none, near, perfect };
[[nodiscard]] Rhyme rhyme_of(std::string_view one, std::string_view other,
                             const EnglishSounds& sounds);

}  // namespace atelier::verse
