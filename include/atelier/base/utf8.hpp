// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace atelier {

/// One code point and how many bytes it takes.
struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;
};

/// The code point that `text` begins with; nothing where it is empty or begins with no well-formed
/// one: an overlong form, a surrogate, one above U+10FFFF or one cut short.
/// Source: The Unicode Standard, table 3-7, "Well-formed UTF-8 byte sequences".
[[nodiscard]] std::optional<CodePoint> first_code_point(std::string_view text);

/// The same where all text is to be well-formed. Takes it off the front. `whole`: what `text` is
/// the rest of; `what`: its name in the message. Throws Error bad_input which names the place of
/// the first broken byte.
[[nodiscard]] char32_t take_code_point(std::string_view& text, std::string_view whole,
                                       std::string_view what = "the text");

void append_utf8(char32_t value, std::string& to);

/// All code points but a byte order mark at the beginning. Throws Error bad_input as
/// take_code_point().
[[nodiscard]] std::u32string from_utf8(std::string_view text, std::string_view what = "the text");

[[nodiscard]] std::string to_utf8(std::u32string_view text);

/// Code points in `text`. Throws Error bad_input as take_code_point().
[[nodiscard]] std::size_t count_code_points(std::string_view text,
                                            std::string_view what = "the text");

/// How many of the last bytes of `text`, 0..3, begin a code point that more bytes may complete:
/// what waits when text is told bit by bit.
[[nodiscard]] std::size_t unfinished_bytes(std::string_view text);

}  // namespace atelier
