// SPDX-License-Identifier: Apache-2.0
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "jobs/sources/listed_pictures.hpp"

namespace atelier::jobs {
namespace {

constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 30;
constexpr std::array file_columns{"file", "filename", "file_name", "path", "image"};
constexpr std::array label_columns{"label", "style", "class", "movement", "genre", "artist"};

using Row = std::vector<std::string>;

/// RFC 4180: cells may be quoted, and hold separators, line ends and doubled quotes then.
std::vector<Row> rows_of(const std::string& text, char separator) {
  std::vector<Row> rows;
  Row row;
  std::string cell;
  bool quoted = false;
  const auto end_cell = [&] { row.push_back(std::exchange(cell, {})); };
  const auto end_row = [&] {
    end_cell();
    if (row.size() > 1 || !row.front().empty()) rows.push_back(row);
    row.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == separator) {
      end_cell();
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (!cell.empty() || !row.empty()) end_row();
  return rows;
}

template <class Names>
std::optional<std::size_t> column(const Row& header, const Names& names) {
  for (const auto& name : names) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found != header.end()) return static_cast<std::size_t>(found - header.begin());
  }
  return std::nullopt;
}

}  // namespace

std::unique_ptr<PictureSource> open_table(const std::filesystem::path& file,
                                          const LabelRule& rule) {
  std::string text = read_file(file, most_bytes);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);  // a byte order mark
  const std::vector<Row> rows = rows_of(text, file.extension() == ".tsv" ? '\t' : ',');
  if (rows.empty()) fail(ErrorKind::bad_input, "{} is empty.", file.string());
  const Row& header = rows.front();
  const auto files = column(header, file_columns);
  if (!files) {
    fail(ErrorKind::bad_input, "no column of {} names files; its header must have one of: {}.",
         file.string(), fmt::join(file_columns, ", "));
  }
  const auto labels = rule.column.empty() ? column(header, label_columns)
                                          : column(header, std::array<std::string, 1>{rule.column});
  if (!rule.column.empty() && !labels) {
    fail(ErrorKind::invalid_argument, "{} has no column {}; it has: {}.", file.string(),
         rule.column, fmt::join(header, ", "));
  }
  std::vector<FoundPicture> pictures;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Row& row = rows[i];
    if (row.size() != header.size()) {
      fail(ErrorKind::bad_input, "row {} of {} has {} cells where the header has {}.", i + 1,
           file.string(), row.size(), header.size());
    }
    const std::filesystem::path named = row[*files];
    pictures.push_back({named.filename().string(), labels ? row[*labels] : "",
                        named.is_absolute() ? named : file.parent_path() / named});
  }
  return std::make_unique<ListedPictures>(std::move(pictures));
}

}  // namespace atelier::jobs
