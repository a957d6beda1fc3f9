// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/base/options.hpp"

namespace atelier::verse {

/// What of a form is asked. Ranges and defaults stand in src/verse/options.cpp.
struct VerseOptions {
  std::string rhyme = "perfect";    ///< off|near|perfect; near is for English alone
  std::string rhyme_book = "tang";  ///< tang|modern18|modern13, for Chinese
  bool metre = true;                ///< level and oblique tones, or stresses
  std::string acrostic;             ///< what the lines begin with: characters, or letters
  std::string first_line;           ///< how the poem begins
  int stanzas = 4;                  ///< of a ballad
};

[[nodiscard]] const OptionTable<VerseOptions>& verse_options();

}  // namespace atelier::verse
