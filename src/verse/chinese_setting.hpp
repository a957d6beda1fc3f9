// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "atelier/verse/chinese_sounds.hpp"
#include "verse/chinese_rules.hpp"

namespace atelier::verse {

/// A piece of a vocabulary.
struct Character {
  char32_t c = 0;  ///< 0 for a piece that is no single character
  Sound sound;
};

/// What does not change while a poem is written.
struct ChineseSetting {
  ChineseRules rules;
  ChineseSounds sounds;
  std::vector<Character> vocabulary;
  std::array<int, most_groups> supply{};  ///< characters that may end a rhyming line, by group
  ChineseRules::Ways viable;              ///< both patterns of the types that the acrostic leaves
};

/// Throws Error invalid_argument when the vocabulary or the acrostic leave no way.
[[nodiscard]] std::shared_ptr<const ChineseSetting> chinese_setting(
    const Form& form, const VerseOptions& options, const ChineseSounds& sounds,
    const std::vector<std::string>& vocabulary);

}  // namespace atelier::verse
