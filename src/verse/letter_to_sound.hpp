// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "atelier/verse/pronunciation.hpp"

namespace atelier::verse {

/// Pronounces words that no dictionary has, by rules that it learns from one.
///
/// Source: Black, Lenzo, Pagel, "Issues in building general letter to sound rules", 1998. Each
/// letter stands for none, one or two phones, aligned by expectation-maximisation; what a letter
/// stands for is what it mostly stood for between the same neighbours, of which as many are asked
/// as the dictionary knew, at most four on either side. Differs: the longest known context decides
/// instead of a decision tree; stress is learned as a part of vowels, and mended where a word would
/// have no primary one or several.
///
/// Accuracy, on one word in ten of the CMU dictionary held out, stands in docs/verse.md. Learning
/// from it takes some seconds.
class LetterToSound {
 public:
  explicit LetterToSound(const std::vector<std::pair<std::string, Pronunciation>>& dictionary);

  /// Of a word's letters in lower case; what is no letter is passed over. Never without a vowel.
  [[nodiscard]] Pronunciation pronounce(std::string_view word) const;

 private:
  /// What the longest known context of at most `longest` letters decides.
  [[nodiscard]] std::optional<std::uint16_t> rule(std::string_view padded_word, std::size_t letter,
                                                  int longest) const;

  std::unordered_map<std::uint64_t, std::uint16_t> rules_;  ///< by context: up to two phones
};

}  // namespace atelier::verse
