// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "catalogue/csv.hpp"
#include "catalogue/exchange.hpp"
#include "catalogue/text_limits.hpp"

namespace atelier::catalogue {
namespace {

constexpr std::string_view files_column = "files";

std::vector<std::string> column_names() {
  std::vector<std::string> names;
  for (const auto& entry : work_option_table().entries()) names.push_back(entry.spec.name);
  names.emplace_back(files_column);
  return names;
}

/// The columns of a file, each known and there once.
void check_header(const std::vector<std::string>& header, const std::string& what) {
  const std::vector<std::string> known = column_names();
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (std::find(known.begin(), known.end(), header[i]) == known.end()) {
      fail(ErrorKind::bad_input, "{} has a column '{}'; known are {}.", what, shown(header[i]),
           fmt::join(known, ", "));
    }
    if (std::find(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(i), header[i]) !=
        header.begin() + static_cast<std::ptrdiff_t>(i))
      fail(ErrorKind::bad_input, "{} has the column '{}' twice.", what, header[i]);
  }
  if (std::find(header.begin(), header.end(), "title") == header.end())
    fail(ErrorKind::bad_input, "{} has no column 'title' in its first row.", what);
}

}  // namespace

void read_csv(std::string_view text, const std::string& what, const TakeRecord& take) {
  CsvReader reader(text, what);
  std::vector<std::string> header, row;
  if (!reader.next(header)) fail(ErrorKind::bad_input, "{} is empty.", what);
  check_header(header, what);
  while (reader.next(row)) {
    Record record{.work = {}, .files = {}, .place = fmt::format("line {}", reader.line())};
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string value = with_formula(row[i]);
      if (header[i] == files_column) {
        record.files = split_names(value);
      } else if (!value.empty()) {
        work_option_table().find(header[i])->parse(record.work, std::string_view(value));
      }
    }
    take(record);
  }
}

Writer csv_writer() {
  const auto row = [](const Told& told) {
    std::vector<std::string> fields;
    for (const auto& entry : work_option_table().entries()) {
      const nlohmann::json value = option_to_json(entry.spec, entry.get(told.work));
      fields.push_back(
          without_formula(value.is_string() ? value.get<std::string>() : value.dump()));
    }
    std::vector<std::string> paths;
    for (const WorkFile& file : told.files) paths.push_back(file.path);
    fields.push_back(without_formula(fmt::format("{}", fmt::join(paths, "; "))));
    return csv_row(fields);
  };
  return {.begin = csv_row(column_names()), .between = "", .end = "", .work = row};
}

}  // namespace atelier::catalogue
