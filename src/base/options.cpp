// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/options.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace atelier {
namespace {

[[noreturn]] void reject(const OptionSpec& spec, std::string_view value) {
  const std::string allowed = allowed_values(spec);
  fail(ErrorKind::invalid_argument, "--{} does not take '{}'; allowed: {}.", spec.name, value,
       allowed.empty() ? "a value of its type" : allowed);
}

std::string as_text(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

template <class Number>
Number parse_number(const OptionSpec& spec, std::string_view text) {
  for (const auto& [word, number] : spec.words) {
    if (text == word) return static_cast<Number>(number);
  }
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) reject(spec, text);
  const auto number = static_cast<double>(value);
  if (!std::isfinite(number) || (spec.min && number < *spec.min) ||
      (spec.max && number > *spec.max)) {
    reject(spec, text);
  }
  return value;
}

std::string parse_word(const OptionSpec& spec, std::string_view text) {
  if (!spec.choices.empty() &&
      std::find(spec.choices.begin(), spec.choices.end(), text) == spec.choices.end()) {
    reject(spec, text);
  }
  return std::string(text);
}

bool parse_flag(const OptionSpec& spec, std::string_view text) {
  if (text == "true" || text == "on" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "off" || text == "no" || text == "0") return false;
  reject(spec, text);
}

/// One element: the scalar overloads share it with the lists.
template <class T>
T parse_element(const OptionSpec& spec, std::string_view text) {
  if constexpr (std::is_same_v<T, bool>)
    return parse_flag(spec, text);
  else if constexpr (std::is_same_v<T, std::string>)
    return parse_word(spec, text);
  else
    return parse_number<T>(spec, text);
}

template <class T>
struct IsList : std::false_type {};
template <class T>
struct IsList<std::vector<T>> : std::true_type {};

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    parts.push_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

}  // namespace

OptionValue parse_option(const OptionSpec& spec, const OptionValue& like, std::string_view text) {
  return std::visit(
      [&]<class T>(const T&) -> OptionValue {
        if constexpr (IsList<T>::value) {
          T list;
          for (const auto part : split(text))
            list.push_back(parse_element<typename T::value_type>(spec, part));
          return list;
        } else {
          return parse_element<T>(spec, text);
        }
      },
      like);
}

OptionValue parse_option(const OptionSpec& spec, const OptionValue& like,
                         const nlohmann::json& value) {
  return std::visit(
      [&]<class T>(const T&) -> OptionValue {
        if constexpr (IsList<T>::value) {
          if (!value.is_array()) reject(spec, value.dump());
          T list;
          for (const auto& item : value)
            list.push_back(parse_element<typename T::value_type>(spec, as_text(item)));
          return list;
        } else {
          if (value.is_structured() || value.is_null()) reject(spec, value.dump());
          return parse_element<T>(spec, as_text(value));
        }
      },
      like);
}

nlohmann::json option_to_json(const OptionSpec& spec, const OptionValue& value) {
  return std::visit(
      [&]<class T>(const T& v) -> nlohmann::json {
        if constexpr (std::is_arithmetic_v<T>) {
          for (const auto& [word, number] : spec.words) {
            if (static_cast<double>(v) == number) return word;
          }
        }
        return v;
      },
      value);
}

std::string allowed_values(const OptionSpec& spec) {
  if (!spec.choices.empty()) return fmt::format("{}", fmt::join(spec.choices, "|"));
  std::string range;
  if (spec.min && spec.max)
    range = fmt::format("{}..{}", *spec.min, *spec.max);
  else if (spec.min)
    range = fmt::format("{} or more", *spec.min);
  else if (spec.max)
    range = fmt::format("{} or less", *spec.max);
  if (!range.empty() && !spec.unit.empty()) range += " " + spec.unit;
  for (const auto& [word, number] : spec.words) range += (range.empty() ? "" : "|") + word;
  return range;
}

}  // namespace atelier
