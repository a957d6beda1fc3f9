// SPDX-License-Identifier: Apache-2.0
#include "catalogue/words.hpp"

#include <unicode/translit.h>
#include <unicode/unistr.h>

#include <memory>

#include "atelier/base/error.hpp"
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

namespace {

/// Words that are to stand side by side; of the last, its beginning may do.
struct Phrase {
  std::string text;
  bool may_go_on = true;
};

std::vector<Phrase> phrases_of(std::string_view text) {
  std::vector<Phrase> phrases;
  Phrase phrase;
  bool holds_word = false;
  const auto finish = [&] {
    if (holds_word) phrases.push_back({for_index(phrase.text), phrase.may_go_on});
    phrase.text.clear();
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
      phrase.text += ' ';  // parts of a word with a hyphen stand side by side
      continue;
    }
    phrase.text += one;
    holds_word = true;
    phrase.may_go_on = !stands_alone(point->value);
  }
  finish();
  return phrases;
}

/// Small letters without accents, as FTS5 compares them.
std::string folded(std::string_view text) {
  static const auto fold = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance(
        "NFD; [:Nonspacing Mark:] Remove; NFC; Lower", UTRANS_FORWARD, error));
    if (U_FAILURE(error)) fail(ErrorKind::internal, "ICU has no rules: {}.", u_errorName(error));
    return made;
  }();
  auto letters = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  fold->transliterate(letters);
  std::string out;
  return letters.toUTF8String(out);
}

/// Words as a tsvector holds them, which takes none of more than 2046 bytes.
std::vector<std::string> words_of(std::string_view text) {
  constexpr std::size_t longest = 2000;
  std::vector<std::string> words{""};
  const std::string plain = for_index(folded(text));
  for (std::string_view rest = plain; !rest.empty();) {
    const auto point = first_code_point(rest);
    const std::string_view one = rest.substr(0, point ? point->bytes : 1);
    rest.remove_prefix(one.size());
    const bool cuts = !point || is_blank(point->value) || is_sign(point->value);
    if (cuts && !words.back().empty()) words.emplace_back();
    if (!cuts && words.back().size() + one.size() <= longest) words.back() += one;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

std::string word_query(std::string_view text) {
  std::string query;
  for (const Phrase& phrase : phrases_of(text))
    query += (query.empty() ? "\"" : " \"") + phrase.text + (phrase.may_go_on ? "\" *" : "\"");
  return query;
}

std::string vector_query(std::string_view text) {
  std::string query;
  for (const Phrase& phrase : phrases_of(text)) {
    std::string words;
    for (const std::string& word : words_of(phrase.text))
      words += (words.empty() ? "'" : " <-> '") + word + "'";
    if (words.empty()) continue;
    query += (query.empty() ? "" : " & ") + words + (phrase.may_go_on ? ":*" : "");
  }
  return query;
}

void WordVector::add(std::string_view text, char weight) {
  constexpr int last_place = 16'383;
  constexpr std::size_t most_places = 256;
  for (const std::string& word : words_of(text)) {
    std::vector<std::string>& places = places_[word];
    if (++place_ <= last_place && places.size() < most_places)
      places.push_back(std::to_string(place_) + weight);
  }
  ++place_;
}

std::string WordVector::literal() const {
  std::string literal;
  for (const auto& [word, places] : places_) {
    literal += (literal.empty() ? "'" : " '") + word + "'";
    for (const std::string& place : places)
      literal += (&place == &places.front() ? ':' : ',') + place;
  }
  return literal;
}

}  // namespace atelier::catalogue
