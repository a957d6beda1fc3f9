// SPDX-License-Identifier: Apache-2.0
#include "catalogue/schema.hpp"

#include <array>

namespace atelier::catalogue {
namespace {

constexpr std::uint32_t application = 0x41544361;  // "ATCa"

// Days are numbers as date.hpp has them, amounts whole numbers of the currency's smallest unit,
// digests hexadecimal SHA-256, moments of recording ISO 8601 in UTC.
constexpr std::string_view tables = R"(
CREATE TABLE settings(
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);
CREATE TABLE parties(
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  born TEXT NOT NULL,
  died TEXT NOT NULL,
  uri TEXT NOT NULL,
  contact TEXT NOT NULL,
  key_pem TEXT NOT NULL,
  key_id TEXT UNIQUE
);
CREATE TABLE works(
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  artists TEXT NOT NULL,
  date_text TEXT NOT NULL,
  date_from INTEGER,
  date_to INTEGER,
  medium TEXT NOT NULL,
  dimensions TEXT NOT NULL,
  language TEXT NOT NULL,
  keywords TEXT NOT NULL,
  description TEXT NOT NULL,
  rights TEXT NOT NULL,
  licence TEXT NOT NULL,
  credit TEXT NOT NULL,
  edition INTEGER NOT NULL CHECK (edition >= 1),
  proofs INTEGER NOT NULL CHECK (proofs >= 0),
  location TEXT NOT NULL,
  price_amount BIGINT CHECK (price_amount >= 0),
  price_currency TEXT NOT NULL,
  status TEXT NOT NULL,
  last_event TEXT NOT NULL,
  event_count INTEGER NOT NULL,
  CHECK ((price_amount IS NULL) = (price_currency = ''))
);
CREATE INDEX works_by_title ON works(title, id);
CREATE INDEX works_by_date ON works(date_from, id);
CREATE INDEX works_by_kind ON works(kind, date_from);
CREATE INDEX works_by_status ON works(status, id);
CREATE INDEX works_by_price ON works(price_currency, price_amount);
CREATE INDEX works_by_location ON works(location, id);
CREATE INDEX works_by_licence ON works(licence, id);
CREATE TABLE work_parties(
  work INTEGER NOT NULL REFERENCES works(id),
  place INTEGER NOT NULL,
  party INTEGER NOT NULL REFERENCES parties(id),
  role TEXT NOT NULL,
  PRIMARY KEY (work, place)
);
CREATE INDEX work_parties_by_party ON work_parties(party, work);
CREATE TABLE work_keywords(
  work INTEGER NOT NULL REFERENCES works(id),
  keyword TEXT NOT NULL,
  PRIMARY KEY (work, keyword)
);
CREATE INDEX work_keywords_by_keyword ON work_keywords(keyword, work);
CREATE TABLE copies(
  work INTEGER NOT NULL REFERENCES works(id),
  copy INTEGER NOT NULL CHECK (copy >= 1),
  owner INTEGER NOT NULL REFERENCES parties(id),
  title_event TEXT NOT NULL,
  PRIMARY KEY (work, copy)
);
CREATE INDEX copies_by_owner ON copies(owner, work);
CREATE TABLE events(
  id INTEGER PRIMARY KEY,
  work INTEGER NOT NULL REFERENCES works(id),
  place INTEGER NOT NULL,
  copy INTEGER NOT NULL,
  kind TEXT NOT NULL,
  date_from INTEGER,
  date_to INTEGER,
  party INTEGER REFERENCES parties(id),
  body TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  UNIQUE (work, place)
);
CREATE INDEX events_by_kind ON events(kind, date_from);
CREATE INDEX events_by_party ON events(party, id);
CREATE TABLE files(
  id INTEGER PRIMARY KEY,
  work INTEGER NOT NULL REFERENCES works(id),
  version INTEGER NOT NULL,
  digest TEXT NOT NULL,
  bytes BIGINT NOT NULL,
  media_type TEXT NOT NULL,
  path TEXT NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  event INTEGER NOT NULL REFERENCES events(id),
  UNIQUE (work, version)
);
CREATE INDEX files_by_digest ON files(digest, work);
CREATE TABLE prices(
  event INTEGER PRIMARY KEY REFERENCES events(id),
  work INTEGER NOT NULL REFERENCES works(id),
  copy INTEGER NOT NULL,
  use_of TEXT NOT NULL,
  amount BIGINT NOT NULL CHECK (amount >= 0),
  currency TEXT NOT NULL
);
CREATE INDEX prices_by_work ON prices(work, event);
CREATE TABLE conditions(
  event INTEGER PRIMARY KEY REFERENCES events(id),
  work INTEGER NOT NULL REFERENCES works(id),
  copy INTEGER NOT NULL,
  grade TEXT NOT NULL
);
CREATE INDEX conditions_by_grade ON conditions(grade, work);
CREATE INDEX conditions_by_work ON conditions(work, event);
CREATE TABLE exhibitions(
  event INTEGER PRIMARY KEY REFERENCES events(id),
  work INTEGER NOT NULL REFERENCES works(id),
  copy INTEGER NOT NULL,
  title TEXT NOT NULL,
  venue TEXT NOT NULL,
  date_from INTEGER,
  date_to INTEGER
);
CREATE INDEX exhibitions_by_title ON exhibitions(title, work);
CREATE INDEX exhibitions_by_date ON exhibitions(date_to, date_from);
CREATE TABLE loans(
  event INTEGER PRIMARY KEY REFERENCES events(id),
  work INTEGER NOT NULL REFERENCES works(id),
  copy INTEGER NOT NULL,
  borrower INTEGER NOT NULL REFERENCES parties(id),
  date_from INTEGER,
  due INTEGER,
  returned INTEGER REFERENCES events(id)
);
CREATE INDEX loans_open ON loans(returned, due);
CREATE INDEX loans_by_work ON loans(work, copy);
CREATE TABLE sales(
  event INTEGER PRIMARY KEY REFERENCES events(id),
  work INTEGER NOT NULL REFERENCES works(id),
  copy INTEGER NOT NULL,
  buyer INTEGER REFERENCES parties(id),
  amount BIGINT CHECK (amount >= 0),
  currency TEXT NOT NULL,
  date_from INTEGER
);
CREATE INDEX sales_by_date ON sales(date_from, event);
CREATE INDEX sales_by_work ON sales(work, event);
CREATE TABLE transfers(
  event INTEGER PRIMARY KEY REFERENCES events(id),
  work INTEGER NOT NULL REFERENCES works(id),
  copy INTEGER NOT NULL,
  seller INTEGER NOT NULL REFERENCES parties(id),
  buyer INTEGER NOT NULL REFERENCES parties(id),
  statement TEXT NOT NULL
);
CREATE TABLE ledger_entries(
  event INTEGER PRIMARY KEY REFERENCES events(id),
  leaf TEXT NOT NULL,
  sealed TEXT NOT NULL,
  position BIGINT
);
CREATE INDEX ledger_entries_by_leaf ON ledger_entries(leaf);
CREATE INDEX ledger_entries_by_position ON ledger_entries(position);
)";

constexpr std::string_view words_in_sqlite = R"(
CREATE VIRTUAL TABLE works_text USING fts5(
  number, title, artists, keywords, other, tokenize='unicode61 remove_diacritics 2', prefix='2 3');
)";

constexpr std::string_view words_in_postgres = R"(
CREATE TABLE works_text(id BIGINT PRIMARY KEY REFERENCES works(id), words TSVECTOR NOT NULL);
CREATE INDEX works_text_by_word ON works_text USING gin(words);
)";

}  // namespace

const store::Schema& schema() {
  static constexpr std::array<store::Migration, 2> steps{
      store::Migration{.common = tables},
      store::Migration{.common = {}, .sqlite = words_in_sqlite, .postgres = words_in_postgres}};
  static constexpr store::Schema catalogue{"catalogue", application, steps};
  return catalogue;
}

}  // namespace atelier::catalogue
