// SPDX-License-Identifier: Apache-2.0
#include "appraise/collection.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string_view>

#include "appraise/artists.hpp"
#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/file_search.hpp"
#include "image/formats.hpp"

namespace atelier::appraise {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t table_limit = 64 << 20;

/// Takes what stands before `mark` off the front; all where there is none.
std::string_view take(std::string_view& text, char mark) {
  const std::string_view field = text.substr(0, text.find(mark));
  text.remove_prefix(std::min(text.size(), field.size() + 1));
  return field;
}

std::vector<std::string_view> fields_of(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  std::vector<std::string_view> fields;
  do {
    fields.push_back(take(line, '\t'));
  } while (!line.empty());
  return fields;
}

std::size_t column(const std::vector<std::string_view>& heading, std::string_view name,
                   const fs::path& table) {
  const auto found = std::find(heading.begin(), heading.end(), name);
  if (found == heading.end()) {
    fail(ErrorKind::bad_input, "{} has no column '{}'.", table.string(), name);
  }
  return static_cast<std::size_t>(found - heading.begin());
}

double share_in(std::string_view field, const fs::path& table, std::size_t line) {
  double share = -1;
  const auto [end, error] = std::from_chars(field.data(), field.data() + field.size(), share);
  if (error != std::errc{} || end != field.data() + field.size() || !(share >= 0 && share <= 1)) {
    fail(ErrorKind::bad_input, "{}, line {}: '{}' is no share of viewers, 0..1.", table.string(),
         line, field);
  }
  return share;
}

/// Pictures of a folder by their names without suffix.
std::map<std::string, fs::path, std::less<>> by_name(const fs::path& folder) {
  std::map<std::string, fs::path, std::less<>> pictures;
  for (const fs::path& file : files_in(folder).files) {
    if (image::format_of_suffix(file)) pictures.emplace(file.stem().string(), file);
  }
  return pictures;
}

}  // namespace

std::vector<Work> read_classes(const fs::path& folder) {
  std::vector<Work> works;
  std::set<std::string> labels;
  const std::string name = fs::weakly_canonical(folder).filename().string();
  for (const fs::path& file : files_in(folder).files) {
    const fs::path inside = file.lexically_relative(folder);
    if (!image::format_of_suffix(file) || std::distance(inside.begin(), inside.end()) < 2) continue;
    const std::string label = inside.begin()->string();
    labels.insert(label);
    works.push_back({file, name, label, artist_key(artist_in(file.filename().string()))});
  }
  if (labels.size() < 2) {
    fail(ErrorKind::bad_input,
         "{} holds pictures of {} classes and needs two; put them into one folder a class.",
         folder.string(), labels.size());
  }
  return works;
}

Emotions read_emotions(const fs::path& folder, const fs::path& table, const std::string& prefix) {
  const std::string text = read_file(table, table_limit);
  std::string_view rest = text;
  const std::vector<std::string_view> heading = fields_of(take(rest, '\n'));
  const std::size_t id = column(heading, "ID", table), artist = column(heading, "Artist", table);
  Emotions emotions;
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < heading.size(); ++i) {
    if (!heading[i].starts_with(prefix)) continue;
    emotions.names.emplace_back(heading[i].substr(prefix.size()));
    columns.push_back(i);
  }
  if (columns.empty()) {
    fail(ErrorKind::bad_input, "{} has no column that begins with '{}'.", table.string(), prefix);
  }
  const auto pictures = by_name(folder);
  const std::string name = fs::weakly_canonical(folder).filename().string();
  for (std::size_t line = 2; !rest.empty(); ++line) {
    const std::vector<std::string_view> row = fields_of(take(rest, '\n'));
    if (row.size() == 1 && row.front().empty()) continue;
    if (row.size() != heading.size()) {
      fail(ErrorKind::bad_input, "{}, line {}: {} columns; the heading has {}.", table.string(),
           line, row.size(), heading.size());
    }
    const auto picture = pictures.find(row[id]);
    if (picture == pictures.end()) continue;
    emotions.works.push_back({picture->second, name, "", artist_key(row[artist])});
    std::vector<double>& shares = emotions.shares.emplace_back();
    for (const std::size_t i : columns) shares.push_back(share_in(row[i], table, line));
  }
  if (emotions.works.empty()) {
    fail(ErrorKind::bad_input, "{} holds none of the pictures that {} names.", folder.string(),
         table.string());
  }
  return emotions;
}

}  // namespace atelier::appraise
