// SPDX-License-Identifier: Apache-2.0
#include "sequence/chapters.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "atelier/base/utf8.hpp"

namespace atelier::sequence {
namespace {

std::string roman(int number) {
  constexpr std::array<std::pair<int, const char*>, 9> numerals{{{90, "XC"},
                                                                 {50, "L"},
                                                                 {40, "XL"},
                                                                 {10, "X"},
                                                                 {9, "IX"},
                                                                 {5, "V"},
                                                                 {4, "IV"},
                                                                 {1, "I"},
                                                                 {0, ""}}};
  std::string text;
  for (const auto& [value, letters] : numerals) {
    for (; value > 0 && number >= value; number -= value) text += letters;
  }
  return text;
}

std::string chinese(int number) {
  constexpr std::array digits{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  const auto digit = [&](int n) { return std::string(digits[static_cast<std::size_t>(n)]); };
  constexpr int ten = 10;
  const int tens = number / ten;
  return (tens > 1 ? digit(tens) : "") + (tens > 0 ? "十" : "") + digit(number % ten);
}

bool writes_chinese(const Tokenizer& tokenizer) {
  const auto tokens = tokenizer.encode("之");
  return tokenizer.kind() == "characters" && tokens != std::vector<Token>{Tokenizer::unknown};
}

}  // namespace

std::string chapter_line(int number, const Tokenizer& tokenizer) {
  return writes_chinese(tokenizer) ? "其" + chinese(number) : roman(number);
}

bool ends_sentence(std::string_view text) {
  if (unfinished_bytes(text) > 0) return false;
  const std::u32string characters = from_utf8(text);
  const auto count = [&](std::u32string_view set) {
    return std::count_if(characters.begin(), characters.end(),
                         [&](char32_t c) { return set.find(c) != set.npos; });
  };
  if (count(U"“「『") != count(U"”」』") || count(U"\"") % 2 != 0) return false;
  const std::size_t last = characters.find_last_not_of(U"”」』\"’' \n");
  return last != characters.npos &&
         std::u32string_view(U".!?…。！？").find(characters[last]) != std::u32string_view::npos;
}

}  // namespace atelier::sequence
