// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace atelier::sequence {

/// Most code points in a word; longer runs are cut.
inline constexpr std::size_t longest_word = 32;

/// Takes off the front what pieces are never joined across: a line end or tabulator, or at most one
/// blank and a run of letters and digits, or of anything else. Letters are those of ASCII and what
/// lies beyond it, but for its punctuation; so a run of Chinese characters is a word. `text` must
/// be well-formed UTF-8 and not empty; what is taken is not empty and ends with a whole character.
[[nodiscard]] std::string_view take_word(std::string_view& text);

}  // namespace atelier::sequence
