// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "atelier/catalogue/catalogue.hpp"

namespace atelier::catalogue {

/// What of a work is found by words, most telling first.
struct IndexedText {
  std::string number, title, artists, keywords, other;
};

// The index of words: FTS5 in SQLite; in PostgreSQL vectors of words (tsvector) that we make
// ourselves, so that both cut text into the same words, whatever the server's language.

void index_words(const Catalogue& catalogue, std::int64_t row, const IndexedText& text);
void forget_words(const Catalogue& catalogue, std::int64_t row);

/// A condition on `works.id` with one parameter: a query of word_query() or vector_query().
[[nodiscard]] std::string found_by_words(store::Dialect dialect);
/// The 2000 newest works that a query finds, as rows `found`, `score` (the least fits best), joined
/// with `works`; one parameter. Ranking them all would take longer the more common a word is.
[[nodiscard]] std::string ranked_by_words(store::Dialect dialect);

}  // namespace atelier::catalogue
