// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/markup.hpp"

#include "atelier/base/utf8.hpp"

namespace atelier {

std::string markup_text(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const auto point = first_code_point(text);
    const std::string_view one = text.substr(0, point ? point->bytes : 1);
    text.remove_prefix(one.size());
    const char32_t c = point ? point->value : 0;
    if (c == '&') {
      safe += "&amp;";
    } else if (c == '<') {
      safe += "&lt;";
    } else if (c == '>') {
      safe += "&gt;";
    } else if (c == '"') {
      safe += "&quot;";
    } else if (c == '\'') {
      safe += "&#39;";
    } else if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xFFFE || c == 0xFFFF) {
      safe += "\uFFFD";
    } else {
      safe += one;
    }
  }
  return safe;
}

}  // namespace atelier
