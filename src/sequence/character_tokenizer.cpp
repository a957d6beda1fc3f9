// SPDX-License-Identifier: Apache-2.0
#include "sequence/character_tokenizer.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::sequence {

CharacterTokenizer::CharacterTokenizer(std::string_view characters) : bytes_{"\uFFFD", ""} {
  for (std::string_view rest = characters; !rest.empty();) {
    const char32_t value = take_code_point(rest, characters);
    const bool ascii = value < ascii_.size();
    if (bytes_.size() == most_tokens || (ascii ? ascii_[value] != 0 : others_.contains(value))) {
      fail(ErrorKind::bad_input, "the vocabulary holds a character twice, or more than {} of them.",
           most_tokens);
    }
    (ascii ? ascii_[value] : others_[value]) = static_cast<Token>(bytes_.size());
    append_utf8(value, bytes_.emplace_back());
  }
}

CharacterTokenizer CharacterTokenizer::of(const std::vector<std::string_view>& texts, int most) {
  std::vector<std::uint64_t> counts(0x110000);
  for (const std::string_view text : texts) {
    for (std::string_view rest = text; !rest.empty();) ++counts[take_code_point(rest, text)];
  }
  std::vector<char32_t> seen;
  for (char32_t value = 0; value < counts.size(); ++value) {
    if (counts[value] > 0) seen.push_back(value);
  }
  const auto room = static_cast<std::size_t>(std::clamp(most, 2, most_tokens) - 2);
  if (seen.size() > room) {
    std::stable_sort(seen.begin(), seen.end(),
                     [&](char32_t a, char32_t b) { return counts[a] > counts[b]; });
    seen.resize(room);
    std::sort(seen.begin(), seen.end());
  }
  std::string characters;
  for (const char32_t value : seen) append_utf8(value, characters);
  return CharacterTokenizer(characters);
}

void CharacterTokenizer::encode(std::string_view text, std::vector<Token>& to) const {
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t value = take_code_point(rest, text);
    if (value < ascii_.size()) {
      to.push_back(ascii_[value]);
    } else {
      const auto found = others_.find(value);
      to.push_back(found == others_.end() ? unknown : found->second);
    }
  }
}

std::string CharacterTokenizer::serialised() const {
  std::string characters;
  for (std::size_t token = 2; token < bytes_.size(); ++token) characters += bytes_[token];
  return characters;
}

}  // namespace atelier::sequence
