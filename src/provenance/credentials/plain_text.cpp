// SPDX-License-Identifier: Apache-2.0
#include "provenance/credentials/plain_text.hpp"

#include "atelier/base/utf8.hpp"

namespace atelier::provenance {
namespace {

constexpr char32_t replacement = 0xFFFD;

bool is_plain(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return false;        // C0, DEL, C1
  if (c == 0x061C || c == 0x200E || c == 0x200F) return false;  // directional marks
  if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return false;  // and controls
  return c != 0x2028 && c != 0x2029;                                               // line ends
}

}  // namespace

bool is_plain_line(std::string_view text, std::size_t most) {
  std::size_t count = 0;
  while (!text.empty()) {
    const auto point = first_code_point(text);
    if (!point || !is_plain(point->value) || ++count > most) return false;
    text.remove_prefix(point->bytes);
  }
  return count > 0;
}

std::string plain_line(std::string_view text, std::size_t most) {
  std::string shown;
  for (std::size_t count = 0; !text.empty(); ++count) {
    if (count == most) return shown + "...";
    const auto point = first_code_point(text);
    append_utf8(point && is_plain(point->value) ? point->value : replacement, shown);
    text.remove_prefix(point ? point->bytes : 1);
  }
  return shown;
}

}  // namespace atelier::provenance
