// SPDX-License-Identifier: Apache-2.0
#include "retrieval/words.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::retrieval {

std::string all_words(std::string_view text) {
  constexpr std::string_view blanks(" \t\n\r\f\v\0", 7);
  std::string query;
  while (true) {
    const std::size_t begin = text.find_first_not_of(blanks);
    if (begin == text.npos) return query;
    text.remove_prefix(begin);
    const std::string_view word = text.substr(0, text.find_first_of(blanks));
    text.remove_prefix(word.size());
    query += query.empty() ? "\"" : " \"";
    for (const char c : word) query += c == '"' ? "\"\"" : std::string(1, c);
    query += "\" *";
  }
}

bool has_direction(std::span<const float> vector) {
  return std::all_of(vector.begin(), vector.end(), [](float v) { return std::isfinite(v); }) &&
         std::any_of(vector.begin(), vector.end(), [](float v) { return v != 0; });
}

}  // namespace atelier::retrieval
