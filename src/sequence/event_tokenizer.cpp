// SPDX-License-Identifier: Apache-2.0
#include "sequence/event_tokenizer.hpp"

#include <charconv>
#include <optional>

#include "atelier/base/error.hpp"

namespace atelier::sequence {
namespace {

/// All of `text` as a number up to `most`.
std::optional<int> whole_number(std::string_view text, int most) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < 0 || value > most) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

EventTokenizer::EventTokenizer(std::string_view vocabulary) {
  const int count = whole_number(vocabulary, most_tokens).value_or(0);
  if (count < 2) {
    fail(ErrorKind::bad_input, "a vocabulary of {} events is outside 2..{}.", count, most_tokens);
  }
  for (int i = 0; i < count; ++i) bytes_.push_back(i == end ? "" : std::to_string(i) + ' ');
}

void EventTokenizer::encode(std::string_view text, std::vector<Token>& to) const {
  constexpr std::string_view blanks = " \t\r\n";
  for (std::size_t at = 0; (at = text.find_first_not_of(blanks, at)) != text.npos;) {
    const std::string_view word = text.substr(at, text.find_first_of(blanks, at) - at);
    const std::optional<int> number = whole_number(word, vocabulary() - 1);
    if (!number) {
      fail(ErrorKind::bad_input, "byte {} of the text begins no event; those are 0..{}.", at,
           vocabulary() - 1);
    }
    to.push_back(static_cast<Token>(*number));
    at += word.size();
  }
}

}  // namespace atelier::sequence
