// SPDX-License-Identifier: Apache-2.0
#include "studio/api/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "atelier/base/utf8.hpp"

namespace atelier::studio {
namespace {

constexpr std::size_t most_name = 200;

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::string> percent_decoded(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      bytes += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    bytes += static_cast<char>(high << 4 | low);
    i += 2;
  }
  return bytes;
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view unreserved =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  std::string encoded;
  for (const char c : text) {
    if (unreserved.find(c) != unreserved.npos) {
      encoded += c;
    } else {
      encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return encoded;
}

std::optional<Target> parse_target(std::string_view text) {
  if (!text.starts_with('/')) return std::nullopt;
  const std::size_t question = std::min(text.find('?'), text.size());
  Target target;
  target.path = text.substr(0, question);
  for (const std::string_view part : split(std::string_view(target.path).substr(1), '/')) {
    std::optional<std::string> decoded = percent_decoded(part);
    if (!decoded) return std::nullopt;
    target.parts.push_back(std::move(*decoded));
  }
  if (question == text.size()) return target;
  for (const std::string_view pair : split(text.substr(question + 1), '&')) {
    const std::size_t equals = std::min(pair.find('='), pair.size());
    std::string value(pair.substr(std::min(equals + 1, pair.size())));
    std::replace(value.begin(), value.end(), '+', ' ');
    const auto name = percent_decoded(pair.substr(0, equals)), decoded = percent_decoded(value);
    if (!name || !decoded) return std::nullopt;
    target.query[*name] = *decoded;
  }
  return target;
}

std::string shown_name(std::string_view name) {
  if (const auto slash = name.find_last_of("/\\"); slash != name.npos)
    name.remove_prefix(slash + 1);
  std::string shown;
  while (!name.empty() && shown.size() < most_name) {
    const auto point = first_code_point(name);
    const char32_t value = point ? point->value : U'\uFFFD';
    name.remove_prefix(point ? point->bytes : 1);
    // Controls, and marks that turn the direction of what follows.
    const bool hidden = value < 0x20 || (value >= 0x7F && value < 0xA0) ||
                        (value >= 0x202A && value <= 0x202E) ||
                        (value >= 0x2066 && value <= 0x2069);
    if (!hidden) append_utf8(value, shown);
  }
  return shown.empty() ? "file" : shown;
}

bool accepts_coding(std::string_view field, std::string_view coding) {
  const auto trimmed = [](std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == text.npos) return std::string_view();
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
  };
  std::optional<bool> named, any;
  while (!field.empty()) {
    const std::string_view part = field.substr(0, field.find(','));
    field.remove_prefix(std::min(field.size(), part.size() + 1));
    const std::string_view name = trimmed(part.substr(0, part.find(';')));
    std::string_view weight = part.substr(std::min(part.size(), part.find('=')));
    weight.remove_prefix(std::min<std::size_t>(weight.size(), 1));
    // q=0, q=0.000: not at all.
    const bool taken =
        weight.empty() || trimmed(weight).find_first_not_of("0.") != std::string_view::npos;
    if (name == coding) named = taken;
    if (name == "*") any = taken;
  }
  return named.value_or(any.value_or(false));
}

std::optional<std::string> cookie_value(std::string_view field, std::string_view name) {
  for (std::string_view pair : split(field, ';')) {
    pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
    const std::size_t equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name)
      return std::string(pair.substr(equals + 1));
  }
  return std::nullopt;
}

std::optional<ByteRange> parse_range(std::string_view field, std::uint64_t size) {
  constexpr std::string_view unit = "bytes=";
  const ByteRange whole{0, size, true};
  if (!field.starts_with(unit) || field.find(',') != field.npos) return whole;
  field.remove_prefix(unit.size());
  const std::size_t dash = field.find('-');
  if (dash == field.npos) return whole;
  const auto first = whole_number(field.substr(0, dash)),
             last = whole_number(field.substr(dash + 1));
  if (dash == 0) {  // the last bytes
    if (!last) return whole;
    const std::uint64_t count = std::min(*last, size);
    if (count == 0) return std::nullopt;
    return ByteRange{size - count, count, false};
  }
  if (!first || (!last && dash + 1 != field.size())) return whole;
  if (last && *last < *first) return whole;
  if (*first >= size) return std::nullopt;
  const std::uint64_t end = last && *last < size ? *last + 1 : size;
  return ByteRange{*first, end - *first, false};
}

}  // namespace atelier::studio
