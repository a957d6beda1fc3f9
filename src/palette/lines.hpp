// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace atelier::palette {

/// Without spaces, tabs and carriage returns at both ends.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(blank) + 1 - first);
}

/// Takes the text up to `end`, and `end`, off its front.
[[nodiscard]] inline std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  const std::string_view result = text.substr(0, at);
  text.remove_prefix(at == text.npos ? text.size() : at + 1);
  return result;
}

}  // namespace atelier::palette
