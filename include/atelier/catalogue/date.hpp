// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace atelier::catalogue {

/// A day as a number that sorts: year * 10,000 + month * 100 + day, years -9999..9999.
using Day = std::int32_t;
inline constexpr Day first_day = -99'990'000 + 101, last_day = 99'991'231;

/// A date as catalogues know them: to a day, a month, a year, a decade or a century, sure or not,
/// or a stretch of time.
///
/// Source: EDTF, ISO 8601-2:2019, what its levels 0 and 1 say of dates and intervals: 1874-05-02,
/// 1874-05, 1874, 187X, 18XX, each with ? (uncertain), ~ (approximate) or % (both) after it, and
/// two of them with / between, where .. or nothing stands for an open end.
struct Date {
  std::string text;  ///< in EDTF; empty: not known
  Day earliest = 0;  ///< the first day that it can be; 0 when not known
  Day latest = 0;    ///< the last
  bool operator==(const Date&) const = default;
};

/// Reads EDTF, and "circa 1874", "c. 1874", "ca. 1874", which become 1874~. Blank text is a date
/// that is not known. Throws Error bad_input for anything else: a day that no calendar has, a
/// stretch that ends before it begins. What is approximate is not widened: earliest and latest are
/// those of the date as it is written.
[[nodiscard]] Date parse_date(std::string_view text);

/// For people: "2 May 1874", "circa 1874", "1870s", "1872 to 1874", "until 1901"; empty when not
/// known.
[[nodiscard]] std::string in_words(const Date& date);

/// A day as ISO 8601 has it, "1874-05-02".
[[nodiscard]] std::string iso_day(Day day);

/// The day of the clock's now, and its moment to the second, "2026-01-02T03:04:05Z", both in UTC.
[[nodiscard]] Day today();
[[nodiscard]] std::string now_text();

}  // namespace atelier::catalogue
