// SPDX-License-Identifier: Apache-2.0
#include "appraise/text/labelled_poems.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"

namespace atelier::appraise {
namespace {

constexpr std::string_view between = " --- ";

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r";
  const std::size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

/// Takes what stands before `mark` off the front; all where there is none.
std::string_view take(std::string_view& text, std::string_view mark) {
  const std::string_view field = text.substr(0, text.find(mark));
  text.remove_prefix(std::min(text.size(), field.size() + mark.size()));
  return field;
}

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string with_apostrophes(std::string_view line) {
  std::string text(line);
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '"' && is_letter(text[i - 1]) && is_letter(text[i + 1])) text[i] = '\'';
  }
  return text;
}

/// What readers named, a set each.
using Named = std::vector<std::set<std::string, std::less<>>>;

struct Row {
  std::string_view line;
  Named named;

  [[nodiscard]] bool is_labelled() const {
    return std::any_of(named.begin(), named.end(), [](const auto& of) { return !of.empty(); });
  }
};

Row row_of(std::string_view text) {
  Row row{trimmed(take(text, "\t")), {}};
  while (true) {
    std::string_view field = trimmed(take(text, "\t"));
    auto& names = row.named.emplace_back();
    while (!field.empty()) names.emplace(take(field, between));
    if (text.empty()) return row;
  }
}

}  // namespace

LabelledPoems read_labelled_poems(std::string_view text) {
  static_cast<void>(from_utf8(text, "the table of labelled poems"));
  std::vector<std::pair<LabelledPoem, std::vector<Named>>> poems;
  std::set<std::string, std::less<>> emotions;
  std::size_t columns = 0;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view whole = take(text, "\n");
    if (trimmed(whole).empty()) continue;
    const auto found = static_cast<std::size_t>(std::count(whole.begin(), whole.end(), '\t')) + 1;
    if (columns == 0) columns = found;
    if (found < 2 || found != columns) {
      fail(ErrorKind::bad_input,
           "line {} of the table of labelled poems has {} columns in place of {}; each row is a "
           "line, a tab, and a column for each reader.",
           number, found, std::max<std::size_t>(columns, 2));
    }
    Row row = row_of(whole);
    if (!row.is_labelled()) {
      poems.push_back({{std::string(row.line), {}, {}}, {}});
      continue;
    }
    if (poems.empty()) {
      fail(ErrorKind::bad_input,
           "line {} of the table of labelled poems stands before any title; a title is a row "
           "without emotions.",
           number);
    }
    for (const auto& of : row.named) emotions.insert(of.begin(), of.end());
    poems.back().first.lines.push_back(with_apostrophes(row.line));
    poems.back().second.push_back(std::move(row.named));
  }
  LabelledPoems result{{emotions.begin(), emotions.end()}, {}};
  for (auto& [poem, named] : poems) {
    if (poem.lines.empty()) continue;
    for (const Named& readers : named) {
      std::vector<double>& shares = poem.shares.emplace_back();
      for (const std::string& emotion : result.emotions) {
        const auto who = std::count_if(readers.begin(), readers.end(),
                                       [&](const auto& of) { return of.contains(emotion); });
        shares.push_back(static_cast<double>(who) / static_cast<double>(readers.size()));
      }
    }
    result.poems.push_back(std::move(poem));
  }
  if (result.poems.empty()) {
    fail(ErrorKind::bad_input, "the table of labelled poems holds no line with an emotion.");
  }
  return result;
}

}  // namespace atelier::appraise
