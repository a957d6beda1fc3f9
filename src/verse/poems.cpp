// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/poems.hpp"

#include "atelier/base/error.hpp"
#include "atelier/base/utf8.hpp"
#include "verse/chinese_text.hpp"

namespace atelier::verse {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;

/// Lines without their ends and the blanks at theirs.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) {
      line.remove_suffix(1);
    }
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Checks a file's text, and drops the byte order mark.
std::string_view checked(std::string_view text) {
  if (text.size() > most_bytes) {
    fail(ErrorKind::bad_input, "the file of poems is {} bytes; at most {} are read.", text.size(),
         most_bytes);
  }
  static_cast<void>(from_utf8(text, "the file of poems"));
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

}  // namespace

std::vector<Poem> read_chinese_poems(std::string_view text) {
  std::vector<Poem> poems;
  Poem poem;
  int head = 0;  // lines of the title and author that were seen
  const auto finish = [&] {
    if (!poem.lines.empty()) poems.push_back(std::move(poem));
    poem = {};
    head = 0;
  };
  for (const std::string_view line : lines_of(checked(text))) {
    if (line.empty()) {
      finish();
    } else if (head < 2) {
      (head == 0 ? poem.title : poem.author) = line;
      ++head;
    } else {
      for (const std::u32string& verse : lines_of_verse(from_utf8(line, "a line"))) {
        poem.lines.push_back(to_utf8(verse));
      }
    }
  }
  finish();
  return poems;
}

std::vector<Poem> read_english_poems(std::string_view text) {
  std::vector<Poem> poems;
  Poem poem;
  int blank = 0;
  const auto finish = [&] {
    while (!poem.lines.empty() && poem.lines.back().empty()) poem.lines.pop_back();
    if (!poem.lines.empty()) poems.push_back(std::move(poem));
    poem = {};
  };
  for (const std::string_view line : lines_of(checked(text))) {
    blank = line.empty() ? blank + 1 : 0;
    if (blank == 2) finish();
    if (!line.empty() || (blank == 1 && !poem.lines.empty())) poem.lines.emplace_back(line);
  }
  finish();
  return poems;
}

}  // namespace atelier::verse
