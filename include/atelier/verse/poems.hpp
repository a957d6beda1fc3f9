// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::verse {

/// A poem of a collection. Title and author are empty where the file has none.
struct Poem {
  std::string title, author;
  std::vector<std::string> lines;  ///< Chinese: without the marks that end them
};

/// Poems from the text of a file: title, author, text, and a blank line after each poem. The text's
/// lines end at ，。？！；：、 and at a line's end; all other marks are left out. What has no text
/// is no poem.
///
/// Throws Error bad_input for broken UTF-8 and for more than 64 MiB.
[[nodiscard]] std::vector<Poem> read_chinese_poems(std::string_view text);

/// Poems from the text of a file: a line each, two blank lines after each poem, one between
/// stanzas. Throws as read_chinese_poems().
[[nodiscard]] std::vector<Poem> read_english_poems(std::string_view text);

}  // namespace atelier::verse
