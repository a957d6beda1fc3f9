// SPDX-License-Identifier: Apache-2.0
#include "verse/chinese_text.hpp"

namespace atelier::verse {

bool holds(std::u32string_view text, char32_t c) {
  return text.find(c) != std::u32string_view::npos;
}

bool is_han(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xE000 && c <= 0xF8FF) || c == 0x3007;
}

bool ends_line(char32_t c) {
  return ends_couplet(c) || holds(U"，：、,:", c);
}

bool ends_couplet(char32_t c) {
  return holds(U"。？！；.?!;\n", c);
}

std::vector<std::u32string> lines_of_verse(std::u32string_view text) {
  std::vector<std::u32string> lines;
  std::u32string line;
  const auto finish = [&] {
    if (!line.empty()) lines.push_back(std::move(line));
    line.clear();
  };
  for (const char32_t c : text) {
    if (is_han(c)) line.push_back(c);
    if (ends_line(c)) finish();
  }
  finish();
  return lines;
}

}  // namespace atelier::verse
