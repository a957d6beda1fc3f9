// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/options.hpp"

namespace atelier::verse {

const OptionTable<VerseOptions>& verse_options() {
  using O = VerseOptions;
  static const OptionTable<O> table{
      {&O::rhyme,
       {"rhyme",
        "Form",
        "how lines that the form joins must rhyme; near is for English alone",
        "",
        {},
        {},
        {"off", "near", "perfect"},
        {}}},
      {&O::rhyme_book,
       {"rhyme-book",
        "Form",
        "whose rhymes in Chinese: the Tang poets', or Mandarin's eighteen or thirteen",
        "",
        {},
        {},
        {"tang", "modern18", "modern13"},
        {}}},
      {&O::metre,
       {"metre",
        "Form",
        "keep level and oblique tones (Chinese) or stresses (English)",
        "",
        {},
        {},
        {},
        {}}},
      {&O::acrostic,
       {"acrostic",
        "Form",
        "what the lines begin with: one character, or one letter, a line",
        "",
        {},
        {},
        {},
        {}}},
      {&O::first_line, {"first-line", "Form", "how the poem begins", "", {}, {}, {}, {}}},
      {&O::stanzas, {"stanzas", "Form", "stanzas of a ballad", "", 1, 12, {}, {}}},
  };
  return table;
}

}  // namespace atelier::verse
