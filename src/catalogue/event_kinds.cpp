// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/money.hpp"
#include "catalogue/record.hpp"
#include "catalogue/text_limits.hpp"

namespace atelier::catalogue {
namespace {

std::string_view field_of(const Event& event, std::string_view name) {
  if (name == "date") return event.date;
  if (name == "party") return event.party;
  if (name == "place") return event.place;
  if (name == "title") return event.title;
  if (name == "grade") return event.grade;
  return event.amount;
}

}  // namespace

const std::vector<EventKind>& event_kinds() {
  static const std::vector<EventKind> kinds{
      {"made", "it was made, or a copy of it", {}, "", true},
      {"owned",
       "somebody had it, as a source tells; changes no owner of record",
       {"party"},
       "",
       true},
      {"exhibited", "it was shown", {"title"}, "", true},
      {"published", "it was printed or put out", {"title"}, "", true},
      {"lent", "it went to a borrower, from when till when", {"party"}, "on loan", true},
      {"returned", "it came back from the loan that is open", {}, "available", true},
      {"condition", "somebody looked how well it keeps", {"grade"}, "", true},
      {"restored", "somebody mended it", {}, "", true},
      {"priced", "a price was set or a value told", {"amount"}, "", true},
      {"reserved", "it is kept for somebody", {}, "reserved", true},
      {"released", "it is to be had again", {}, "available", true},
      {"withdrawn", "it is not for sale", {}, "not for sale", true},
      {"sold", "it was sold; the owner of record changes by a transfer", {}, "sold", true},
      {"moved", "it is somewhere else", {"place"}, "", true},
      {"lost", "nobody knows where it is", {}, "lost", true},
      {"stolen", "somebody took it", {}, "stolen", true},
      {"found", "it is there again", {}, "available", true},
      {"destroyed", "it is no more", {}, "destroyed", true},
      {"noted", "anything else", {}, "", true},
      {"registered", "it came into the catalogue", {}, "available", false},
      {"revised", "what the catalogue says of it changed", {}, "", false},
      {"filed", "files were added", {}, "", false},
      {"claimed", "its first owner of record", {}, "", false},
      {"transferred", "seller and buyer signed that it changed hands", {}, "", false},
  };
  return kinds;
}

const EventKind& event_kind(std::string_view name) {
  const auto found = std::find_if(event_kinds().begin(), event_kinds().end(),
                                  [&](const EventKind& kind) { return kind.name == name; });
  if (found != event_kinds().end()) return *found;
  std::string names;
  for (const EventKind& kind : event_kinds()) {
    if (kind.by_hand) names += (names.empty() ? "" : ", ") + std::string(kind.name);
  }
  fail(ErrorKind::bad_input, "'{}' is no kind of event; there are {}.", shown(name), names);
}

const OptionTable<Event>& event_option_table() {
  using O = Event;
  const auto text = [](const char* name, const char* help) {
    return OptionSpec{name, "Event", help, "", {}, {}, {}, {}};
  };
  static const OptionTable<O> table{
      {&O::copy,
       {"copy",
        "Event",
        "which copy of an edition, the proofs after it; 0: the work as a whole",
        "",
        0,
        11'000,
        {},
        {}}},
      {&O::date,
       text("date", "when, as EDTF; of loans and exhibitions from/till: 2026-01-02/2026-03")},
      {&O::party, text("party", "with whom: owner, borrower, buyer, restorer, valuer")},
      {&O::place, text("place", "where, or where to")},
      {&O::title, text("title", "of the exhibition or publication")},
      {&O::grade,
       {"grade", "Event", "condition", "", {}, {}, {"", "excellent", "good", "fair", "poor"}, {}}},
      {&O::amount, text("amount", "price or value: 1200.50 EUR")},
      {&O::use,
       {"use",
        "Event",
        "what a price is for",
        "",
        {},
        {},
        {"asking", "insurance", "estimate", "hammer"},
        {}}},
      {&O::source, text("source", "where this is known from; a semicolon between several")},
      {&O::note, text("note", "anything else there is to say")},
  };
  return table;
}

void normalise(Event& event) {
  const EventKind& kind = event_kind(event.kind);
  check_line("party", event.party, max_line_bytes);
  check_line("place", event.place, max_line_bytes);
  check_line("title", event.title, max_title_bytes);
  check_line("date", event.date, max_line_bytes);
  check_line("amount", event.amount, max_line_bytes);
  check_text("source", event.source, max_names_bytes);
  check_text("note", event.note, max_note_bytes);
  event.date = parse_date(event.date).text;
  if (!event.amount.empty()) event.amount = to_text(parse_money(event.amount));
  for (const std::string_view name : kind.needs) {
    if (field_of(event, name).empty())
      fail(ErrorKind::bad_input, "the event '{}' needs a {}; give it with --{}.", kind.name, name,
           name);
  }
}

}  // namespace atelier::catalogue
