// SPDX-License-Identifier: Apache-2.0
#include "verse/english_text.hpp"
#include "verse/poem_text.hpp"

namespace atelier::verse {
namespace {

/// Letters of Latin-1 without their marks, from U+00C0; a blank for what is no letter.
constexpr std::string_view latin =
    "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

char plain(char32_t c) {
  if (c >= U'A' && c <= U'Z') return static_cast<char>(c - U'A' + U'a');
  if ((c >= U'a' && c <= U'z') || c == U'\n') return static_cast<char>(c);
  if (c == U'\'' || c == U'’' || c == U'‘') return '\'';
  if (c >= 0xC0 && c <= 0xFF) return latin[c - 0xC0];
  return ' ';
}

}  // namespace

std::string plain_english(std::string_view text) {
  std::string result;
  for (const char32_t c : poem_from_utf8(text)) result.push_back(plain(c));
  return result;
}

std::string_view without_apostrophes(std::string_view word) {
  while (word.starts_with('\'')) word.remove_prefix(1);
  while (word.ends_with('\'')) word.remove_suffix(1);
  return word;
}

}  // namespace atelier::verse
