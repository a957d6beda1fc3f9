// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/date.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <ctime>
#include <optional>

#include "atelier/base/error.hpp"

namespace atelier::catalogue {
namespace {

constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

bool is_leap(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int days_in(int year, int month) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : days[static_cast<std::size_t>(month - 1)];
}

constexpr Day day_of(int year, int month, int day) {
  return year * 10'000 + month * 100 + day;
}

struct Parts {
  int year, month, day;
};

/// The year of a day is its floor by 10,000, so that days before Christ sort, too.
Parts parts_of(Day day) {
  int year = day / 10'000, rest = day % 10'000;
  if (rest < 0) {
    --year;
    rest += 10'000;
  }
  return {year, rest / 100, rest % 100};
}

std::optional<int> number(std::string_view digits) {
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return digits.empty() ? std::nullopt : std::optional(value);
}

/// One side of a stretch, or a date alone.
struct Side {
  Day earliest = 0, latest = 0;
  char doubt = 0;  // ?, ~ or %
};

/// 187X, 18XX: the years that it can be.
std::optional<Side> unspecified_year(std::string_view text, int sign) {
  std::string low(text), high(text);
  for (std::size_t i = text.find('X'); i < text.size(); ++i) {
    if (text[i] != 'X') return std::nullopt;
    low[i] = '0';
    high[i] = '9';
  }
  const auto from = number(low), to = number(high);
  if (text[0] == 'X' || !from || !to) return std::nullopt;
  return sign > 0 ? Side{day_of(*from, 1, 1), day_of(*to, 12, 31)}
                  : Side{day_of(-*to, 1, 1), day_of(-*from, 12, 31)};
}

std::optional<Side> calendar_date(std::string_view text) {
  const int sign = text.starts_with('-') ? -1 : 1;
  if (sign < 0) text.remove_prefix(1);
  if (text.size() == 4 && text.find('X') != text.npos) return unspecified_year(text, sign);
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  const auto year = number(text.substr(0, 4));
  if (!year) return std::nullopt;
  const int y = sign * *year;
  if (text.size() == 4) return Side{day_of(y, 1, 1), day_of(y, 12, 31)};
  const auto month = text[4] == '-' ? number(text.substr(5, 2)) : std::nullopt;
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (text.size() == 7) return Side{day_of(y, *month, 1), day_of(y, *month, days_in(y, *month))};
  const auto day = text[7] == '-' ? number(text.substr(8, 2)) : std::nullopt;
  if (!day || *day < 1 || *day > days_in(y, *month)) return std::nullopt;
  return Side{day_of(y, *month, *day), day_of(y, *month, *day)};
}

std::optional<Side> parse_side(std::string_view text) {
  char doubt = 0;
  if (!text.empty() && std::string_view("?~%").find(text.back()) != std::string_view::npos) {
    doubt = text.back();
    text.remove_suffix(1);
  }
  std::optional<Side> side = calendar_date(text);
  if (side) side->doubt = doubt;
  return side;
}

std::string_view without_blanks(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// What people write for ~.
std::string without_circa(std::string_view text) {
  for (const std::string_view circa : {"circa ", "ca. ", "c. ", "ca ", "c "}) {
    if (text.starts_with(circa))
      return std::string(without_blanks(text.substr(circa.size()))) + '~';
  }
  return std::string(text);
}

[[noreturn]] void refuse(std::string_view text) {
  fail(ErrorKind::bad_input,
       "'{}' is no date; write 1874, 1874-05, 1874-05-02, 187X, 1874~ (circa), 1874? (unsure), "
       "1872/1874, ../1901 or 1872/.. as EDTF has them.",
       text.substr(0, 40));
}

bool is_open(std::string_view side) {
  return side.empty() || side == "..";
}

std::string year_words(int year) {
  return year > 0 ? fmt::format("{}", year) : fmt::format("{} BC", 1 - year);
}

std::string side_words(std::string_view text) {
  const std::optional<Side> side = parse_side(text);
  if (!side) return std::string(text);
  const Parts from = parts_of(side->earliest), to = parts_of(side->latest);
  const std::string_view month = months[static_cast<std::size_t>(from.month - 1)];
  std::string words;
  if (to.year - from.year == 99) {
    words = fmt::format("{}–{}", year_words(from.year), year_words(to.year));
  } else if (to.year != from.year) {
    words = year_words(from.year) + "s";
  } else if (from.month != to.month) {
    words = year_words(from.year);
  } else if (from.day != to.day) {
    words = fmt::format("{} {}", month, year_words(from.year));
  } else {
    words = fmt::format("{} {} {}", from.day, month, year_words(from.year));
  }
  if (side->doubt == '~' || side->doubt == '%') words = "circa " + words;
  if (side->doubt == '?' || side->doubt == '%') words += " (?)";
  return words;
}

}  // namespace

Date parse_date(std::string_view given) {
  const std::string text = without_circa(without_blanks(given));
  if (text.empty()) return {};
  const std::size_t slash = text.find('/');
  if (slash == text.npos) {
    const std::optional<Side> side = parse_side(text);
    if (!side) refuse(given);
    return {text, side->earliest, side->latest};
  }
  const std::string begin = text.substr(0, slash), end = text.substr(slash + 1);
  const std::optional<Side> from = is_open(begin) ? Side{first_day, first_day} : parse_side(begin),
                            to = is_open(end) ? Side{last_day, last_day} : parse_side(end);
  if (!from || !to || (is_open(begin) && is_open(end)) || from->earliest > to->latest)
    refuse(given);
  return {text, from->earliest, to->latest};
}

std::string in_words(const Date& date) {
  const std::size_t slash = date.text.find('/');
  if (slash == date.text.npos) return date.text.empty() ? "" : side_words(date.text);
  const std::string begin = date.text.substr(0, slash), end = date.text.substr(slash + 1);
  if (is_open(begin)) return "until " + side_words(end);
  if (is_open(end)) return "from " + side_words(begin);
  return side_words(begin) + " to " + side_words(end);
}

std::string iso_day(Day day) {
  const Parts parts = parts_of(day);
  return fmt::format("{}{:04}-{:02}-{:02}", parts.year < 0 ? "-" : "",
                     parts.year < 0 ? -parts.year : parts.year, parts.month, parts.day);
}

Day today() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day day(now);
  return day_of(static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
                static_cast<int>(static_cast<unsigned>(day.day())));
}

std::string now_text() {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
}

}  // namespace atelier::catalogue
