// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::catalogue {

inline constexpr std::size_t max_csv_field_bytes = 65'536;
inline constexpr std::size_t max_csv_columns = 100;

/// Reads a table of comma-separated values, row by row, from a text in memory.
///
/// Source: RFC 4180. Lines may also end with LF alone. Leaves it nowhere: a quote within a field
/// without quotes, text after a closing quote and a row of another length than the first are
/// refused.
class CsvReader {
 public:
  /// A byte order mark of UTF-8 is passed over. `what`: the file's name in messages. Throws Error
  /// bad_input for UTF-16, zero bytes and what is no UTF-8.
  CsvReader(std::string_view text, std::string what);

  /// The next row; false at the end. Throws Error bad_input, which names the line.
  bool next(std::vector<std::string>& row);
  /// The line where the row that was read last begins, from 1.
  [[nodiscard]] std::int64_t line() const noexcept { return row_line_; }

 private:
  std::string field(bool& ends_row);
  std::string quoted_field();
  [[noreturn]] void refuse(std::string_view why) const;

  std::string_view rest_;
  std::string what_;
  std::size_t columns_ = 0;
  std::int64_t line_ = 1, row_line_ = 1;
};

/// One row as RFC 4180 has it, with CR LF at its end.
[[nodiscard]] std::string csv_row(const std::vector<std::string>& fields);

/// A field that no spreadsheet takes for a formula: where it begins with = + - @, a tab or a
/// carriage return, perhaps after apostrophes, it gets an apostrophe before it, which such programs
/// do not show. Source: OWASP, "CSV Injection".
[[nodiscard]] std::string without_formula(std::string_view field);
/// The field again; inverse of without_formula().
[[nodiscard]] std::string with_formula(std::string_view field);

}  // namespace atelier::catalogue
