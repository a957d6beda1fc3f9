// SPDX-License-Identifier: Apache-2.0
// What follows from events, in tables that are asked.
#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/money.hpp"
#include "atelier/catalogue/parties.hpp"
#include "catalogue/record.hpp"

namespace atelier::catalogue {
namespace {

using store::Statement;

/// What every row of an event begins with.
struct Place {
  const Catalogue& catalogue;
  std::int64_t work, event;
  const Event& told;

  [[nodiscard]] Statement& insert(std::string_view sql) const {
    Statement& statement = catalogue.kept(sql);
    statement.bind(1, event).bind(2, work).bind(3, std::int64_t{told.copy});
    return statement;
  }
};

void priced(const Place& place) {
  const Money money = parse_money(place.told.amount);
  place
      .insert(
          "INSERT INTO prices(event, work, copy, use_of, amount, currency) VALUES(?, ?, ?, ?, ?, "
          "?)")
      .bind(4, place.told.use)
      .bind(5, money.minor)
      .bind(6, money.currency)
      .run();
}

void condition(const Place& place) {
  place.insert("INSERT INTO conditions(event, work, copy, grade) VALUES(?, ?, ?, ?)")
      .bind(4, place.told.grade)
      .run();
}

void exhibited(const Place& place, const Date& date) {
  place
      .insert(
          "INSERT INTO exhibitions(event, work, copy, title, venue, date_from, date_to) "
          "VALUES(?, ?, ?, ?, ?, NULLIF(?, 0), NULLIF(?, 0))")
      .bind(4, place.told.title)
      .bind(5, place.told.place)
      .bind(6, std::int64_t{date.earliest})
      .bind(7, std::int64_t{date.latest})
      .run();
}

/// The loan of this copy that is open; 0: none.
std::int64_t open_loan(const Place& place) {
  Statement row = place.catalogue.database().prepare(
      "SELECT event FROM loans WHERE work = ? AND copy = ? AND returned IS NULL ORDER BY event");
  return row.bind(1, place.work).bind(2, std::int64_t{place.told.copy}).step() ? row.integer(0) : 0;
}

void lent(const Place& place, const Date& date) {
  if (open_loan(place) != 0) {
    fail(
        ErrorKind::bad_input,
        "it is on loan already; record its return with the event 'returned' before the next loan.");
  }
  place
      .insert(
          "INSERT INTO loans(event, work, copy, borrower, date_from, due) "
          "VALUES(?, ?, ?, ?, NULLIF(?, 0), NULLIF(?, 0))")
      .bind(4, party_row(place.catalogue, place.told.party))
      .bind(5, std::int64_t{date.earliest})
      .bind(6, std::int64_t{date.latest})
      .run();
}

void returned(const Place& place) {
  const std::int64_t loan = open_loan(place);
  if (loan == 0)
    fail(ErrorKind::bad_input,
         "there is no open loan that it could come back from; name its --copy.");
  place.catalogue.database()
      .prepare("UPDATE loans SET returned = ? WHERE event = ?")
      .bind(1, place.event)
      .bind(2, loan)
      .run();
}

void sold(const Place& place, const Date& date) {
  const bool told = !place.told.amount.empty();
  const Money money = told ? parse_money(place.told.amount) : Money{};
  place
      .insert(
          "INSERT INTO sales(event, work, copy, buyer, amount, currency, date_from) "
          "VALUES(?, ?, ?, NULLIF(?, 0), NULLIF(?, -1), ?, NULLIF(?, 0))")
      .bind(4, place.told.party.empty() ? std::int64_t{0}
                                        : party_row(place.catalogue, place.told.party))
      .bind(5, told ? money.minor : -1)
      .bind(6, money.currency)
      .bind(7, std::int64_t{date.earliest})
      .run();
}

}  // namespace

void apply_effects(const Catalogue& catalogue, std::int64_t row, std::int64_t event_row,
                   const Event& event) {
  const Place place{catalogue, row, event_row, event};
  const Date date = parse_date(event.date);
  if (event.kind == "priced") priced(place);
  if (event.kind == "condition") condition(place);
  if (event.kind == "exhibited") exhibited(place, date);
  if (event.kind == "lent") lent(place, date);
  if (event.kind == "returned") returned(place);
  const bool bought = event.kind == "transferred" && !event.amount.empty();
  if (event.kind == "sold" || bought) sold(place, date);
}

}  // namespace atelier::catalogue
