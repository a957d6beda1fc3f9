// SPDX-License-Identifier: Apache-2.0
#include "sequence/words.hpp"

#include "atelier/base/utf8.hpp"

namespace atelier::sequence {
namespace {

enum class Kind { blank, line, letter, other };

Kind kind_of(char32_t c) {
  const auto within = [c](char32_t least, char32_t most) { return c >= least && c <= most; };
  if (c == ' ') return Kind::blank;
  if (c < ' ') return Kind::line;
  if (c < 0x80) {
    const bool letter = within('a', 'z') || within('A', 'Z') || within('0', '9');
    return letter ? Kind::letter : Kind::other;
  }
  const bool punctuation = within(0x80, 0xBF) || within(0x2000, 0x206F) || within(0x3000, 0x303F) ||
                           within(0xFE30, 0xFE4F) || within(0xFF00, 0xFF0F) ||
                           within(0xFF1A, 0xFF20);
  return punctuation ? Kind::other : Kind::letter;
}

}  // namespace

std::string_view take_word(std::string_view& text) {
  const std::string_view whole = text;
  const auto rest_begins = [&] {
    std::string_view rest = text;
    return kind_of(take_code_point(rest, whole));
  };
  Kind kind = kind_of(take_code_point(text, whole));
  if (kind == Kind::blank && !text.empty()) {
    kind = rest_begins();
    if (kind == Kind::blank || kind == Kind::line) kind = Kind::line;  // a blank alone
  }
  if (kind == Kind::letter || kind == Kind::other) {
    for (std::size_t taken = 1; taken < longest_word && !text.empty(); ++taken) {
      if (rest_begins() != kind) break;
      static_cast<void>(take_code_point(text, whole));
    }
  }
  return whole.substr(0, whole.size() - text.size());
}

}  // namespace atelier::sequence
