// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::verse {

/// Lines of words in lower case: letters with the apostrophes within and about them; lines without
/// words are left out. Letters with marks lose them (é is e); all other signs part words. A word
/// between apostrophes loses them where `known` does not know it with them.
/// Throws Error bad_input for broken UTF-8 and for more than 1 MiB.
template <class Known>
[[nodiscard]] std::vector<std::vector<std::string>> lines_of_words(std::string_view text,
                                                                   const Known& known);

/// Text as English verse sees it: letters in lower case, ' for all its kinds, \n for a line's end,
/// a blank for each other sign.
[[nodiscard]] std::string plain_english(std::string_view text);

/// A word without the apostrophes at its ends.
[[nodiscard]] std::string_view without_apostrophes(std::string_view word);

template <class Known>
std::vector<std::vector<std::string>> lines_of_words(std::string_view text, const Known& known) {
  std::vector<std::vector<std::string>> lines(1);
  std::string word;
  const auto finish = [&] {
    const std::string bare(without_apostrophes(word));
    if (!bare.empty()) lines.back().push_back(known(word) ? word : bare);
    word.clear();
  };
  for (const char c : plain_english(text) + '\n') {
    if (c != ' ' && c != '\n') {
      word.push_back(c);
      continue;
    }
    finish();
    if (c == '\n' && !lines.back().empty()) lines.emplace_back();
  }
  lines.pop_back();
  return lines;
}

}  // namespace atelier::verse
