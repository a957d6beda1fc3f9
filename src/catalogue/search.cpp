// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/search.hpp"

#include <set>
#include <variant>

#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/money.hpp"
#include "catalogue/word_index.hpp"
#include "catalogue/words.hpp"
#include "catalogue/work_rows.hpp"

namespace atelier::catalogue {
namespace {

using store::Statement;
using Value = std::variant<std::int64_t, std::string>;

/// A question in SQL with its values.
struct Sql {
  std::string from = "works", where;
  std::vector<Value> values;

  void need(std::string_view condition, std::vector<Value> with) {
    where += (where.empty() ? " WHERE " : " AND ") + std::string(condition);
    values.insert(values.end(), with.begin(), with.end());
  }

  /// `last`: values after those of the question.
  [[nodiscard]] Statement prepare(const Catalogue& catalogue, std::string_view sql,
                                  const std::vector<Value>& last = {}) const {
    std::vector<Value> all = values;
    all.insert(all.end(), last.begin(), last.end());
    Statement statement = catalogue.database().prepare(sql);
    for (std::size_t i = 0; i < all.size(); ++i)
      std::visit([&](const auto& v) { statement.bind(static_cast<int>(i) + 1, v); }, all[i]);
    return statement;
  }
};

Money price_of(std::string_view text, Money other) {
  Money money = parse_money(text);
  if (!other.currency.empty() && money.currency != other.currency) {
    fail(ErrorKind::bad_input, "prices in {} and {} cannot be compared; give both in one currency.",
         other.currency, money.currency);
  }
  return money;
}

void need_prices(const Query& query, Sql& sql) {
  Money least;
  if (!query.min_price.empty()) {
    least = price_of(query.min_price, {});
    sql.need("works.price_currency = ? AND works.price_amount >= ?", {least.currency, least.minor});
  }
  if (query.max_price.empty()) return;
  const Money most = price_of(query.max_price, least);
  sql.need("works.price_currency = ? AND works.price_amount <= ?", {most.currency, most.minor});
}

/// What is asked of other tables than that of works.
void need_events(const Query& query, Sql& sql) {
  if (!query.borrower.empty()) {
    sql.need(
        "works.id IN (SELECT work FROM loans JOIN parties ON parties.id = borrower WHERE returned "
        "IS NULL AND name = ?)",
        {query.borrower});
  }
  if (!query.due.empty()) {
    sql.need("works.id IN (SELECT work FROM loans WHERE returned IS NULL AND due <= ?)",
             {std::int64_t{parse_date(query.due).latest}});
  }
  if (!query.exhibition.empty())
    sql.need("works.id IN (SELECT work FROM exhibitions WHERE title = ?)", {query.exhibition});
  if (!query.condition.empty()) {
    sql.need(
        "works.id IN (SELECT work FROM conditions AS c WHERE grade = ? AND NOT EXISTS (SELECT 1 "
        "FROM conditions AS later WHERE later.work = c.work AND later.event > c.event))",
        {query.condition});
  }
  if (!query.digest.empty())
    sql.need("works.id IN (SELECT work FROM files WHERE digest = ?)", {query.digest});
  if (!query.owner.empty()) {
    sql.need(
        "works.id IN (SELECT work FROM copies JOIN parties ON parties.id = owner WHERE name = ?)",
        {query.owner});
  }
  if (!query.artist.empty()) {
    sql.need(
        "works.id IN (SELECT work FROM work_parties JOIN parties ON parties.id = party WHERE name "
        "= ?)",
        {query.artist});
  }
  if (!query.keyword.empty())
    sql.need("works.id IN (SELECT work FROM work_keywords WHERE keyword = ?)", {query.keyword});
}

Sql sql_of(store::Dialect dialect, const Query& query, bool ranked) {
  Sql sql;
  if (!query.words.empty()) {
    const std::string words =
        dialect == store::Dialect::postgres ? vector_query(query.words) : word_query(query.words);
    if (words.empty()) fail(ErrorKind::bad_input, "'{}' holds no words to look for.", query.words);
    if (ranked) {
      sql.from = ranked_by_words(dialect);
      sql.values.emplace_back(words);
    } else {
      sql.need(found_by_words(dialect), {words});
    }
  }
  for (const auto& [column, value] : {std::pair("kind", &query.kind),
                                      {"status", &query.status},
                                      {"location", &query.location},
                                      {"licence", &query.licence}}) {
    if (!value->empty()) sql.need(std::string("works.") + column + " = ?", {*value});
  }
  if (!query.made.empty()) {
    const Date made = parse_date(query.made);
    sql.need("works.date_from <= ? AND works.date_to >= ?",
             {std::int64_t{made.latest}, std::int64_t{made.earliest}});
  }
  need_prices(query, sql);
  need_events(query, sql);
  return sql;
}

std::string order_of(const Query& query, bool ranked) {
  const std::string turn = query.descending ? " DESC" : "";
  if (ranked) return " ORDER BY score" + turn + ", works.id";
  const std::map<std::string, std::string> columns{{"number", "works.number"},
                                                   {"title", "works.title"},
                                                   {"date", "works.date_from"},
                                                   {"price", "works.price_amount"},
                                                   {"recorded", "works.id"}};
  const auto column = columns.find(query.sort);
  const std::string first = column == columns.end() ? "works.number" : column->second;
  const bool is_unique = first == "works.id" || first == "works.number";
  return " ORDER BY " + first + turn + (is_unique ? "" : ", works.id" + turn);
}

std::vector<Found> rows_of(Statement& row) {
  std::vector<Found> found;
  while (row.step())
    found.push_back(
        {row.integer(work_column_count + 1), work_of(row), row.text(work_column_count)});
  return found;
}

const std::string& columns() {
  static const std::string all = std::string(work_columns) + ", works.status, works.id";
  return all;
}

}  // namespace

const OptionTable<Query>& query_option_table() {
  using O = Query;
  const auto text = [](const char* name, const char* help) {
    return OptionSpec{name, "Find", help, "", {}, {}, {}, {}};
  };
  static const OptionTable<O> table = [&] {
    std::vector<std::string> kinds{""};
    for (const WorkKind& kind : work_kinds()) kinds.emplace_back(kind.name);
    return OptionTable<O>{
        {&O::kind, {"kind", "Find", "works of this kind", "", {}, {}, kinds, {}}},
        {&O::artist, text("artist", "made by")},
        {&O::keyword, text("keyword", "with this keyword")},
        {&O::status,
         text("status",
              "available, reserved, sold, on loan, not for sale, lost, stolen, destroyed")},
        {&O::owner, text("owner", "of which somebody has a copy")},
        {&O::location, text("location", "that are there")},
        {&O::licence, text("licence", "under this licence")},
        {&O::made, text("made", "made then, as EDTF: 1874, 187X, 1870/1880")},
        {&O::min_price, text("min-price", "from this price on: 1000 EUR")},
        {&O::max_price, text("max-price", "up to this price")},
        {&O::borrower, text("borrower", "on loan to")},
        {&O::due, text("due", "on loan, and due back by this day")},
        {&O::exhibition, text("exhibition", "shown in")},
        {&O::condition,
         {"condition",
          "Find",
          "found so when last looked at",
          "",
          {},
          {},
          {"", "excellent", "good", "fair", "poor"},
          {}}},
        {&O::digest, text("digest", "with a file of this SHA-256")},
        {&O::sort,
         {"sort",
          "Find",
          "in the order of; relevance: of words",
          "",
          {},
          {},
          {"number", "title", "date", "price", "recorded", "relevance"},
          {}}},
        {&O::descending, {"descending", "Find", "the last first", "", {}, {}, {}, {}}},
        {&O::limit, {"limit", "Find", "works at most", "works", 1, 100'000, {}, {}}},
        {&O::offset, {"offset", "Find", "works to pass over", "works", 0, 10'000'000, {}, {}}},
    };
  }();
  return table;
}

std::vector<Found> find(const Catalogue& catalogue, const Query& query) {
  const bool ranked = !query.words.empty() && query.sort == "relevance";
  const Sql sql = sql_of(catalogue.database().dialect(), query, ranked);
  // The rows of a page are chosen before their columns are read.
  Statement row = sql.prepare(catalogue,
                              "SELECT " + columns() + " FROM " + sql.from + sql.where +
                                  order_of(query, ranked) + " LIMIT ? OFFSET ?",
                              {std::int64_t{query.limit}, std::int64_t{query.offset}});
  return rows_of(row);
}

std::int64_t count(const Catalogue& catalogue, const Query& query) {
  const Sql sql = sql_of(catalogue.database().dialect(), query, false);
  Statement row = sql.prepare(catalogue, "SELECT count(*) FROM " + sql.from + sql.where);
  return row.step() ? row.integer(0) : 0;
}

std::vector<std::pair<std::string, std::int64_t>> tally(const Catalogue& catalogue,
                                                        std::string_view column) {
  static const std::set<std::string_view> known{"kind", "status", "licence", "location"};
  if (!known.contains(column))
    fail(ErrorKind::invalid_argument, "works are not counted by '{}'.", column);
  Statement row = catalogue.database().prepare("SELECT " + std::string(column) +
                                               ", count(*) FROM works GROUP BY " +
                                               std::string(column) + " ORDER BY 2 DESC, 1");
  std::vector<std::pair<std::string, std::int64_t>> counts;
  while (row.step()) counts.emplace_back(row.text(0), row.integer(1));
  return counts;
}

std::vector<Found> with_files(const Catalogue& catalogue, std::span<const std::string> digests) {
  std::vector<Found> all;
  std::set<std::int64_t> seen;
  for (const std::string& digest : digests) {
    Statement row = catalogue.database().prepare(
        "SELECT " + columns() +
        " FROM works WHERE id IN (SELECT work FROM files WHERE digest = ?) ORDER BY id");
    row.bind(1, digest);
    for (Found& found : rows_of(row)) {
      if (seen.insert(found.row).second) all.push_back(std::move(found));
    }
  }
  return all;
}

}  // namespace atelier::catalogue
