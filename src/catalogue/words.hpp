// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace atelier::catalogue {

/// Text for an index of words: a blank around every Chinese, Japanese or Korean character, whose
/// writing has none between words, so that each is a word by itself and a query of one or two finds
/// what holds them side by side. (A trigram index would need three.)
[[nodiscard]] std::string for_index(std::string_view text);

/// A query of SQLite's FTS5 for all words of a text, or their beginnings; none of its own signs has
/// a meaning. Empty where there are no words.
[[nodiscard]] std::string word_query(std::string_view text);

}  // namespace atelier::catalogue
