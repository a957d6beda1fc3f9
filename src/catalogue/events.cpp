// SPDX-License-Identifier: Apache-2.0
#include "atelier/catalogue/events.hpp"

#include <algorithm>
#include <utility>

#include "atelier/base/error.hpp"
#include "atelier/catalogue/date.hpp"
#include "atelier/catalogue/works.hpp"
#include "catalogue/record.hpp"

namespace atelier::catalogue {

std::int64_t record_event(const Catalogue& catalogue, std::string_view number, Event event) {
  normalise(event);
  if (!event_kind(event.kind).by_hand) {
    fail(ErrorKind::bad_input, "the program itself records '{}'; record another kind.", event.kind);
  }
  store::Transaction transaction(catalogue.database());
  const std::int64_t row = catalogue.row_of(number);
  check_copy(catalogue, row, event.copy);
  Work changed = work(catalogue, number);
  if (event.kind == "moved") changed.location = event.place;
  if (event.kind == "priced" && event.use == "asking" && event.copy == 0)
    changed.price = event.amount;
  const Appended appended = append_event(catalogue, row, event, {{"record", work_digest(changed)}});
  if (!(changed == work(catalogue, number))) write_work(catalogue, row, changed, false);
  apply_effects(catalogue, row, appended.event, event);
  transaction.commit();
  return appended.event;
}

std::vector<RecordedEvent> events_of(const Catalogue& catalogue, std::string_view number,
                                     bool as_happened) {
  store::Statement row = catalogue.database().prepare(
      "SELECT events.id, body, digest, COALESCE(position, -1), COALESCE(date_from, 0) FROM events "
      "LEFT JOIN ledger_entries ON event = events.id WHERE work = ? ORDER BY place");
  row.bind(1, catalogue.row_of(number));
  std::vector<std::pair<Day, RecordedEvent>> dated;
  while (row.step()) {
    RecordedEvent event{row.integer(0), nlohmann::json::parse(row.text(1), nullptr, false),
                        row.text(2), row.integer(3)};
    const Day day = row.integer(4) != 0
                        ? static_cast<Day>(row.integer(4))
                        : parse_date(event.body.value("recorded", "").substr(0, 10)).earliest;
    dated.emplace_back(day, std::move(event));
  }
  if (as_happened) {
    std::stable_sort(dated.begin(), dated.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
  }
  std::vector<RecordedEvent> events;
  for (auto& [day, event] : dated) events.push_back(std::move(event));
  return events;
}

}  // namespace atelier::catalogue
