// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/utf8.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"

namespace atelier {
namespace {

/// What the first byte promises: how many bytes, and between what the second must lie.
struct Lead {
  std::size_t bytes = 0;  // 0: no code point begins so
  unsigned char least = 0x80, most = 0xBF;
};

Lead lead_of(unsigned char first) {
  if (first < 0x80) return {1};
  if (first >= 0xC2 && first <= 0xDF) return {2};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first >= 0xE1 && first <= 0xEF) return {3};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  if (first >= 0xF1 && first <= 0xF3) return {4};
  return {};
}

/// How many bytes of `text`, at most those promised, go on as they must.
std::size_t good_bytes(std::string_view text, const Lead& lead) {
  std::size_t good = 1;
  for (; good < std::min(lead.bytes, text.size()); ++good) {
    const auto byte = static_cast<unsigned char>(text[good]);
    const auto least = good == 1 ? lead.least : 0x80, most = good == 1 ? lead.most : 0xBF;
    if (byte < least || byte > most) break;
  }
  return good;
}

}  // namespace

std::optional<CodePoint> first_code_point(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto first = static_cast<unsigned char>(text.front());
  const Lead lead = lead_of(first);
  if (lead.bytes == 0 || good_bytes(text, lead) != lead.bytes) return std::nullopt;
  if (lead.bytes == 1) return CodePoint{first, 1};
  char32_t value = first & (0x7FU >> lead.bytes);
  for (std::size_t i = 1; i < lead.bytes; ++i) {
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  return CodePoint{value, lead.bytes};
}

char32_t take_code_point(std::string_view& text, std::string_view whole, std::string_view what) {
  const std::optional<CodePoint> point = first_code_point(text);
  if (!point) {
    fail(ErrorKind::bad_input, "byte {} of {}, {:#04x}, is no UTF-8; convert it (iconv).",
         text.data() - whole.data(), what,
         text.empty() ? 0U : static_cast<unsigned>(static_cast<unsigned char>(text.front())));
  }
  text.remove_prefix(point->bytes);
  return point->value;
}

void append_utf8(char32_t value, std::string& to) {
  const auto add = [&](char32_t bits) {
    to += static_cast<char>(static_cast<unsigned char>(bits));
  };
  if (value < 0x80) return add(value);
  if (value < 0x800) {
    add(0xC0 | value >> 6);
  } else if (value < 0x10000) {
    add(0xE0 | value >> 12);
    add(0x80 | (value >> 6 & 0x3F));
  } else {
    add(0xF0 | value >> 18);
    add(0x80 | (value >> 12 & 0x3F));
    add(0x80 | (value >> 6 & 0x3F));
  }
  add(0x80 | (value & 0x3F));
}

std::u32string from_utf8(std::string_view text, std::string_view what) {
  const std::string_view whole = text;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::u32string points;
  points.reserve(text.size());
  while (!text.empty()) points.push_back(take_code_point(text, whole, what));
  return points;
}

std::string to_utf8(std::u32string_view text) {
  std::string bytes;
  for (const char32_t value : text) append_utf8(value, bytes);
  return bytes;
}

std::size_t count_code_points(std::string_view text, std::string_view what) {
  const std::string_view whole = text;
  std::size_t count = 0;
  for (; !text.empty(); ++count) static_cast<void>(take_code_point(text, whole, what));
  return count;
}

std::size_t unfinished_bytes(std::string_view text) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
    const std::string_view rest = text.substr(text.size() - back);
    const Lead lead = lead_of(static_cast<unsigned char>(rest.front()));
    if (lead.bytes == 0) continue;
    return lead.bytes > back && good_bytes(rest, lead) == back ? back : 0;
  }
  return 0;
}

}  // namespace atelier
