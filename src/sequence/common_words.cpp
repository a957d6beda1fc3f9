// SPDX-License-Identifier: Apache-2.0
#include "sequence/common_words.hpp"

#include <map>

#include "atelier/base/utf8.hpp"

namespace atelier::sequence {
namespace {

bool is_letter(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::vector<std::string> common_words(const std::vector<std::string_view>& texts, int least) {
  std::map<std::string, int> counts;
  for (const std::string_view text : texts) {
    std::string word;
    bool apostrophe = false;  // behind the word so far
    const auto finish = [&] {
      if (!word.empty()) ++counts[word];
      word.clear();
      apostrophe = false;
    };
    for (std::string_view rest = text; !rest.empty();) {
      const char32_t c = take_code_point(rest, text);
      if (is_letter(c)) {
        if (apostrophe) word += '\'';
        apostrophe = false;
        word += static_cast<char>(c | 0x20U);
      } else if ((c == U'\'' || c == U'\u2019') && !word.empty() && !apostrophe) {
        apostrophe = true;
      } else {
        finish();
      }
    }
    finish();
  }
  std::vector<std::string> words;
  for (const auto& [word, count] : counts) {
    if (count >= least) words.push_back(word);
  }
  return words;
}

}  // namespace atelier::sequence
