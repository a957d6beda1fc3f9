// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::verse {

/// A Chinese character: one of Unicode's blocks of Han ideographs, or of the private area that
/// stands for one in old texts' files.
[[nodiscard]] bool is_han(char32_t c);

/// Whether a mark ends a line of verse: ，。？！；：、 with their narrow forms, or a line's end.
[[nodiscard]] bool ends_line(char32_t c);

/// Whether a mark ends a couplet: 。？！； or a line's end.
[[nodiscard]] bool ends_couplet(char32_t c);

/// Lines of verse: runs of Chinese characters between marks that end lines. Other marks and signs
/// are left out; empty lines are none.
[[nodiscard]] std::vector<std::u32string> lines_of_verse(std::u32string_view text);

/// Whether a character stands in a text.
[[nodiscard]] bool holds(std::u32string_view text, char32_t c);

}  // namespace atelier::verse
