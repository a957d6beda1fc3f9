// SPDX-License-Identifier: Apache-2.0
#include "jobs/inspire/idea.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_bytes = 64 << 10;
constexpr std::size_t most_words = 12;

/// Words that tell nothing by themselves.
bool is_small(const std::string& word) {
  static const std::set<std::string> small{
      "the",   "and",   "with",  "for",  "from", "that", "this",  "into",  "over",  "under",
      "are",   "was",   "were",  "has",  "had",  "have", "its",   "his",   "her",   "their",
      "our",   "your",  "you",   "she",  "they", "not",  "but",   "all",   "like",  "than",
      "then",  "when",  "what",  "who",  "how",  "will", "shall", "would", "could", "upon",
      "there", "where", "which", "them", "him",  "out",  "some",  "one",   "may",   "can"};
  return small.contains(word);
}

std::vector<std::string> words_in(const std::string& text, bool& chinese) {
  std::vector<std::string> words;
  std::size_t characters = 0, letters = 0;
  std::string word;
  const auto end_word = [&] {
    if (word.size() >= 3 && !is_small(word) &&
        std::find(words.begin(), words.end(), word) == words.end()) {
      words.push_back(word);
    }
    word.clear();
  };
  const auto size = static_cast<std::int32_t>(text.size());
  for (std::int32_t at = 0; at < size;) {
    const std::int32_t begin = at;
    UChar32 character = 0;
    U8_NEXT(text.data(), at, size, character);
    if (character < 0 || u_isalnum(character) == 0) {
      end_word();
      continue;
    }
    ++letters;
    characters += u_hasBinaryProperty(character, UCHAR_IDEOGRAPHIC) != 0 ? 1 : 0;
    word += character < 0x80 ? std::string(1, static_cast<char>(u_tolower(character)))
                             : text.substr(static_cast<std::size_t>(begin),
                                           static_cast<std::size_t>(at - begin));
  }
  end_word();
  chinese = 2 * characters > letters;
  // Of a long text the long words: they are the rarer ones.
  if (words.size() > most_words) {
    std::stable_sort(words.begin(), words.end(), [](const std::string& a, const std::string& b) {
      return a.size() > b.size();
    });
    words.resize(most_words);
  }
  return words;
}

}  // namespace

Idea read_idea(const std::string& given) {
  Idea idea;
  std::error_code none;
  if (fs::is_regular_file(given, none)) {
    if (fs::path(given).extension() != ".txt") {
      idea.picture = given;
      return idea;
    }
    idea.text = read_file(given, most_bytes);
  } else if (given.find('/') != std::string::npos || fs::path(given).has_extension()) {
    fail(ErrorKind::bad_input,
         "there is no file {}; name a picture or a .txt file, or say it in "
         "words without '/' and '.'.",
         given);
  } else {
    idea.text = given;
  }
  idea.words = words_in(idea.text, idea.chinese);
  if (idea.words.empty()) {
    fail(ErrorKind::bad_input,
         "'{}' has no word of three letters that could be looked for; say more.", given);
  }
  return idea;
}

bool akin(const std::string& one, const std::string& other) {
  const std::size_t shorter = std::min(one.size(), other.size());
  const auto same = static_cast<std::size_t>(
      std::mismatch(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(shorter), other.begin())
          .first -
      one.begin());
  return same >= 3 && 5 * same >= 3 * shorter;
}

}  // namespace atelier::jobs
