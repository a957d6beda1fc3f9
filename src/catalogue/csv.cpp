// SPDX-License-Identifier: Apache-2.0
#include "catalogue/csv.hpp"

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::catalogue {
namespace {

constexpr std::string_view formula_signs = "=+-@\t\r";

/// Whether a field is a formula behind any number of apostrophes.
bool hides_formula(std::string_view field) {
  const std::size_t first = field.find_first_not_of('\'');
  return first != field.npos && formula_signs.find(field[first]) != formula_signs.npos;
}

void check_encoding(std::string_view text, const std::string& what) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    fail(ErrorKind::bad_input, "{} is in UTF-16; save it in UTF-8.", what);
  if (text.find('\0') != text.npos)
    fail(ErrorKind::bad_input, "{} holds zero bytes, and is no text.", what);
  std::int64_t line = 1;
  while (!text.empty()) {
    const auto point = first_code_point(text);
    if (!point)
      fail(ErrorKind::bad_input, "{}, line {}, is no UTF-8; save it in UTF-8.", what, line);
    if (point->value == '\n') ++line;
    text.remove_prefix(point->bytes);
  }
}

}  // namespace

CsvReader::CsvReader(std::string_view text, std::string what)
    : rest_(text), what_(std::move(what)) {
  check_encoding(text, what_);
  if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
}

void CsvReader::refuse(std::string_view why) const {
  fail(ErrorKind::bad_input, "{}, line {}: {}.", what_, line_, why);
}

std::string CsvReader::quoted_field() {
  std::string field;
  rest_.remove_prefix(1);
  for (;;) {
    const std::size_t end = rest_.find('"');
    if (end == rest_.npos) {
      line_ = row_line_;
      refuse("a quote is opened in this row and never closed");
    }
    if (field.size() + end > max_csv_field_bytes)
      refuse(fmt::format("a field has more than {} bytes", max_csv_field_bytes));
    line_ += std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    field += rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    if (!rest_.starts_with('"')) return field;
    field += '"';
    rest_.remove_prefix(1);
  }
}

std::string CsvReader::field(bool& ends_row) {
  std::string value;
  if (rest_.starts_with('"')) {
    value = quoted_field();
  } else {
    const std::string_view plain =
        rest_.substr(0, std::min(rest_.find_first_of(",\r\n"), rest_.size()));
    if (plain.find('"') != plain.npos)
      refuse("a quote stands within a field that does not begin with one");
    if (plain.size() > max_csv_field_bytes)
      refuse(fmt::format("a field has more than {} bytes", max_csv_field_bytes));
    value = plain;
    rest_.remove_prefix(plain.size());
  }
  ends_row = !rest_.starts_with(',');
  if (!ends_row) {
    rest_.remove_prefix(1);
  } else if (rest_.starts_with("\r\n")) {
    rest_.remove_prefix(2);
    ++line_;
  } else if (rest_.starts_with('\n')) {
    rest_.remove_prefix(1);
    ++line_;
  } else if (!rest_.empty()) {
    refuse(
        "something stands between a closing quote and the next comma, or a line ends with CR "
        "alone");
  }
  return value;
}

bool CsvReader::next(std::vector<std::string>& row) {
  row.clear();
  if (rest_.empty()) return false;
  row_line_ = line_;
  for (bool ends = false; !ends;) {
    if (row.size() == max_csv_columns)
      refuse(fmt::format("there are more than {} columns", max_csv_columns));
    row.push_back(field(ends));
  }
  if (columns_ == 0) columns_ = row.size();
  if (row.size() != columns_) {
    line_ = row_line_;
    refuse(fmt::format("there are {} fields where the first row has {}", row.size(), columns_));
  }
  return true;
}

std::string csv_row(const std::vector<std::string>& fields) {
  std::string row;
  for (const std::string& field : fields) {
    if (&field != &fields.front()) row += ',';
    if (field.find_first_of(",\"\r\n") == field.npos) {
      row += field;
      continue;
    }
    row += '"';
    for (const char c : field) row += c == '"' ? "\"\"" : std::string(1, c);
    row += '"';
  }
  return row + "\r\n";
}

std::string without_formula(std::string_view field) {
  return (hides_formula(field) ? "'" : "") + std::string(field);
}

std::string with_formula(std::string_view field) {
  return std::string(field.starts_with('\'') && hides_formula(field) ? field.substr(1) : field);
}

}  // namespace atelier::catalogue
