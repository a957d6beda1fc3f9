// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "verse/english_pieces.hpp"
#include "verse/english_plan.hpp"
#include "verse/word_trie.hpp"

namespace atelier::verse {

/// Beginnings of words, a bit a node of the trie.
class Beginnings {
 public:
  explicit Beginnings(std::size_t nodes) : bits_((nodes + 63) / 64) {}
  [[nodiscard]] bool has(int node) const {
    const auto n = static_cast<std::size_t>(node);
    return (bits_[n / 64] >> (n % 64) & 1U) != 0;
  }
  void add(int node) {
    const auto n = static_cast<std::size_t>(node);
    bits_[n / 64] |= std::uint64_t{1} << (n % 64);
  }

 private:
  std::vector<std::uint64_t> bits_;
};

/// The words that pieces of a vocabulary can spell, with their readings and rhymes in a plan.
class EnglishLexicon {
 public:
  struct Word {
    std::vector<Reading> readings;
    std::uint32_t spelled_from = 0;  ///< bit i: pieces spell what follows its first i letters
    bool begins_line = false;        ///< pieces spell it where a line begins
    bool follows = false;            ///< and after another word
  };

  /// Throws Error invalid_argument when the vocabulary has no line's end, no word of one syllable
  /// for each place of a line, or no rhymes enough.
  EnglishLexicon(const EnglishPlan& plan, const EnglishSounds& sounds,
                 const std::vector<std::string>& vocabulary);

  [[nodiscard]] const std::vector<EnglishPiece>& pieces() const { return pieces_; }
  [[nodiscard]] const WordTrie& trie() const { return trie_; }
  [[nodiscard]] const Word& word(int index) const {
    return words_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] const std::string& spelling(int index) const {
    return spellings_[static_cast<std::size_t>(index)];
  }
  [[nodiscard]] int size() const { return static_cast<int>(words_.size()); }

  /// Adds a word's beginnings that pieces can continue to the whole.
  void add_beginnings(int index, Beginnings& to) const;

  /// Words with a reading of this key.
  [[nodiscard]] const std::vector<int>& rhymes(std::uint64_t key) const;
  /// Whether the reading can end a line of these measures after at least one other word.
  [[nodiscard]] bool ends_line(const Reading& reading, Places measures) const;
  /// How many words of this key can do so that all sound different. Words of which some readings
  /// sound alike, directly or by way of others, count as one.
  [[nodiscard]] int supply(std::uint64_t key, Places measures) const;
  /// How many of these words are gone when ones of these sounds have been used.
  [[nodiscard]] int used_up(const std::set<std::uint64_t>& sounds, std::uint64_t key,
                            Places measures) const;
  /// Where a last word may begin that has a key of at least this supply; 0 asks for none.
  [[nodiscard]] Places last_words_begin(Places measures, int least) const;

 private:
  void spell(const std::vector<std::string>& vocabulary);
  void find_families();
  void find_rhymes();
  [[nodiscard]] const std::set<int>& families(std::uint64_t key, Places measures) const;
  void find_last_words();
  void check(const std::vector<std::string>& vocabulary) const;

  const EnglishPlan& plan_;
  std::vector<EnglishPiece> pieces_;
  std::vector<std::string> spellings_;
  WordTrie trie_;
  std::vector<Word> words_;
  std::unordered_map<std::uint64_t, std::vector<int>> rhymes_;
  std::unordered_map<std::uint64_t, int> family_;  ///< of a sound: those that words join
  /// By measures: families of the words of each key that can end a line.
  std::map<Places, std::unordered_map<std::uint64_t, std::set<int>>> supplies_;
  std::map<std::pair<Places, int>, Places> last_words_begin_;
};

}  // namespace atelier::verse
