// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace atelier::verse {

/// Classes of tones: level (平, the Tang language's first; Mandarin's first two) and oblique (仄,
/// all others). A character of several readings has both bits; 0 says that nothing is known.
enum Tones : std::uint8_t { no_tone = 0, level = 1, oblique = 2, either_tone = 3 };

/// Rhyme groups of a book, as bits.
constexpr std::size_t most_groups = 128;
using Groups = std::bitset<most_groups>;

struct Sound {
  Tones tones = no_tone;
  Groups groups;
};

/// How characters sound in verse: their tone class and the rhyme groups that they belong to.
///
/// Two characters rhyme when they share a group; a set of them when there is a group that all
/// share. Which reading of a character is meant is not asked.
///
/// There are two kinds of books. That of the Tang poets is a table that was learned from their
/// poems (learn_sounds.hpp). It holds traditional characters; simplified ones are added by ICU's
/// Traditional-Simplified, each with the sounds of all characters that it stands for. The modern
/// one is made of Mandarin readings (mandarin.hpp).
class ChineseSounds {
 public:
  ChineseSounds() = default;

  /// The sounds of a table's JSON. Throws Error bad_input when it is none.
  static ChineseSounds from_table(const nlohmann::json& table);
  /// The same from a file, at most 4 MiB.
  static ChineseSounds read_table(const std::filesystem::path& file);
  /// The table that comes with Atelier, models/verse_zh.json. Throws Error missing_weights when it
  /// is not there.
  static ChineseSounds tang();
  /// Mandarin's by ICU: eighteen or thirteen rhyme groups, the characters of Unicode's basic block.
  /// Throws Error missing_capability in a build without ICU.
  static ChineseSounds modern(int groups);
  /// The book of VerseOptions::rhyme_book.
  static ChineseSounds of_book(std::string_view book);

  /// Adds what a character sounds like to what is known of it.
  void add(char32_t character, Sound sound);
  /// Adds simplified forms; does nothing in a build without ICU.
  void add_simplified();

  /// Nothing known: no tone, no group.
  [[nodiscard]] Sound of(char32_t character) const;
  [[nodiscard]] std::size_t size() const noexcept { return sounds_.size(); }
  [[nodiscard]] const std::unordered_map<char32_t, Sound>& all() const noexcept { return sounds_; }

 private:
  std::unordered_map<char32_t, Sound> sounds_;
};

}  // namespace atelier::verse
