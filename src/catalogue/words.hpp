// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::catalogue {

/// Text for an index of words: a blank around every Chinese, Japanese or Korean character, whose
/// writing has none between words, so that each is a word by itself and a query of one or two finds
/// what holds them side by side. (A trigram index would need three.)
[[nodiscard]] std::string for_index(std::string_view text);

/// A query of SQLite's FTS5 for all words of a text, or their beginnings; none of its own signs has
/// a meaning. Empty where there are no words.
[[nodiscard]] std::string word_query(std::string_view text);

/// The same for PostgreSQL, as a tsquery is written: 'villa':* & 'a' <-> 'b':*.
[[nodiscard]] std::string vector_query(std::string_view text);

/// The words of several texts as PostgreSQL's tsvector is written: 'garden':2A 'villa':1A.
class WordVector {
 public:
  /// Adds a text behind those before; no phrase reaches from one into the other. `weight`: A..D.
  void add(std::string_view text, char weight);
  /// Within PostgreSQL's limits: 256 places of a word, places up to 16,383.
  [[nodiscard]] std::string literal() const;

 private:
  int place_ = 0;
  std::map<std::string, std::vector<std::string>> places_;
};

}  // namespace atelier::catalogue
