// SPDX-License-Identifier: Apache-2.0
#include "catalogue/word_index.hpp"

#include "catalogue/words.hpp"

namespace atelier::catalogue {
namespace {

using store::Dialect;

std::string vector_of(const IndexedText& text) {
  WordVector vector;
  vector.add(text.number, 'A');
  vector.add(text.title, 'A');
  vector.add(text.artists, 'B');
  vector.add(text.keywords, 'C');
  vector.add(text.other, 'D');
  return vector.literal();
}

}  // namespace

void index_words(const Catalogue& catalogue, std::int64_t row, const IndexedText& text) {
  if (catalogue.database().dialect() == Dialect::postgres) {
    catalogue.kept("INSERT INTO works_text(id, words) VALUES(?, CAST(? AS tsvector))")
        .bind(1, row)
        .bind(2, vector_of(text))
        .run();
    return;
  }
  catalogue
      .kept(
          "INSERT INTO works_text(rowid, number, title, artists, keywords, other) "
          "VALUES(?, ?, ?, ?, ?, ?)")
      .bind(1, row)
      .bind(2, text.number)
      .bind(3, for_index(text.title))
      .bind(4, for_index(text.artists))
      .bind(5, for_index(text.keywords))
      .bind(6, for_index(text.other))
      .run();
}

void forget_words(const Catalogue& catalogue, std::int64_t row) {
  const bool postgres = catalogue.database().dialect() == Dialect::postgres;
  catalogue
      .kept(postgres ? "DELETE FROM works_text WHERE id = ?"
                     : "DELETE FROM works_text WHERE rowid = ?")
      .bind(1, row)
      .run();
}

std::string found_by_words(Dialect dialect) {
  if (dialect == Dialect::postgres)
    return "works.id IN (SELECT id FROM works_text WHERE words @@ CAST(? AS tsquery))";
  return "works.id IN (SELECT rowid FROM works_text WHERE works_text MATCH ?)";
}

std::string ranked_by_words(Dialect dialect) {
  if (dialect == Dialect::postgres) {
    return "(SELECT id AS found, -ts_rank(words, asked) AS score FROM works_text, CAST(? AS "
           "tsquery) AS asked WHERE words @@ asked ORDER BY id DESC LIMIT 2000) AS ranked JOIN "
           "works ON works.id = found";
  }
  return "(SELECT rowid AS found, rank AS score FROM works_text WHERE works_text MATCH ? ORDER BY "
         "rowid DESC LIMIT 2000) JOIN works ON works.id = found";
}

}  // namespace atelier::catalogue
