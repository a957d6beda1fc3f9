// SPDX-License-Identifier: Apache-2.0
#include "catalogue/words.hpp"

#include "atelier/base/utf8.hpp"

namespace atelier::catalogue {
namespace {

/// Radicals, kana, ideographs and their extensions, Hangul syllables.
bool stands_alone(char32_t c) {
  return (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0x3040 && c <= 0x30FF) ||
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_blank(char32_t c) {
  return c <= ' ' || c == 0xA0 || c == 0x3000;
}

/// Whether a token could be made of it, so that a phrase is not empty.
bool is_sign(char32_t c) {
  return c < 0x80 ? !((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
                  : (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
                        (c >= 0xFF00 && c <= 0xFF0F);
}

}  // namespace

std::string for_index(std::string_view text) {
  std::string spaced;
  while (!text.empty()) {
    const auto point = first_code_point(text);
    const std::string_view one = text.substr(0, point ? point->bytes : 1);
    const bool alone = point && stands_alone(point->value);
    if (alone) spaced += ' ';
    spaced += point ? one : std::string_view(" ");
    if (alone) spaced += ' ';
    text.remove_prefix(one.size());
  }
  return spaced;
}

std::string word_query(std::string_view text) {
  std::string query, phrase;
  bool holds_word = false, ends_alone = false;
  const auto finish = [&] {
    if (holds_word)
      query += (query.empty() ? "\"" : " \"") + for_index(phrase) + (ends_alone ? "\"" : "\" *");
    phrase.clear();
    holds_word = false;
  };
  while (!text.empty()) {
    const auto point = first_code_point(text);
    const std::string_view one = text.substr(0, point ? point->bytes : 1);
    text.remove_prefix(one.size());
    if (!point || is_blank(point->value)) {
      finish();
      continue;
    }
    if (is_sign(point->value)) {
      phrase += ' ';  // parts of a word with a hyphen stand side by side
      continue;
    }
    phrase += one;
    holds_word = true;
    ends_alone = stands_alone(point->value);
  }
  finish();
  return query;
}

}  // namespace atelier::catalogue
