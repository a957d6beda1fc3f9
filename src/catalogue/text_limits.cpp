// SPDX-License-Identifier: Apache-2.0
#include "catalogue/text_limits.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::catalogue {
namespace {

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF;
}

bool turns_direction(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void check(std::string_view field, std::string_view text, std::size_t max_bytes, bool lines) {
  if (text.size() > max_bytes) {
    fail(ErrorKind::bad_input, "the {} has {} bytes, and {} are allowed; make it shorter.", field,
         text.size(), max_bytes);
  }
  for (std::string_view rest = text; !rest.empty();) {
    const auto point = first_code_point(rest);
    if (!point) {
      fail(ErrorKind::bad_input, "the {} is no UTF-8 from byte {} on; save it in UTF-8.", field,
           text.size() - rest.size() + 1);
    }
    const bool fits =
        !is_control(point->value) ||
        (lines && (point->value == '\n' || point->value == '\t' || point->value == '\r'));
    if (!fits || turns_direction(point->value)) {
      fail(ErrorKind::bad_input,
           "the {} holds the unseen character U+{:04X} at byte {}; take it out.", field,
           static_cast<unsigned>(point->value), text.size() - rest.size() + 1);
    }
    rest.remove_prefix(point->bytes);
  }
}

}  // namespace

void check_line(std::string_view field, std::string_view text, std::size_t max_bytes) {
  check(field, text, max_bytes, false);
}

void check_text(std::string_view field, std::string_view text, std::size_t max_bytes) {
  check(field, text, max_bytes, true);
}

std::string shown(std::string_view text) {
  constexpr std::size_t most = 60;
  std::string result;
  while (!text.empty() && result.size() < most) {
    const auto point = first_code_point(text);
    const bool fits = point && !is_control(point->value) && !turns_direction(point->value);
    result += fits ? std::string(text.substr(0, point->bytes)) : "?";
    text.remove_prefix(point ? point->bytes : 1);
  }
  return text.empty() ? result : result + "...";
}

}  // namespace atelier::catalogue
