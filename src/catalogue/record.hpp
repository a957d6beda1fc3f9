// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "atelier/catalogue/catalogue.hpp"
#include "atelier/catalogue/events.hpp"
#include "atelier/catalogue/works.hpp"

/// Writing works and events, within a transaction of the caller's.
namespace atelier::catalogue {

/// Text columns and all else of a work, with its parties, keywords and words; `row` is new or
/// known.
void write_work(const Catalogue& catalogue, std::int64_t row, const Work& work, bool is_new);

/// add_work() within a transaction of the caller's.
Work insert_work(const Catalogue& catalogue, Work work, const std::vector<WorkFile>& files);

/// What events hold of a work: its fields that are not empty.
[[nodiscard]] nlohmann::json work_json(const Work& work);
/// SHA-256 of work_json() without spaces.
[[nodiscard]] std::string work_digest(const Work& work);

/// An event's own fields as JSON, and `extra`; added to the end of the work's chain, and to what
/// waits for the ledger when there is one. Nothing else follows from it here.
struct Appended {
  std::int64_t event = 0;
  std::string digest;
};
Appended append_event(const Catalogue& catalogue, std::int64_t row, const Event& event,
                      const nlohmann::json& extra = nlohmann::json::object());

/// The rows that follow from an event that people record: prices, loans and so on.
void apply_effects(const Catalogue& catalogue, std::int64_t row, std::int64_t event_row,
                   const Event& event);

/// Checks an event's fields and puts them into the form that is kept.
void normalise(Event& event);
[[nodiscard]] const EventKind& event_kind(std::string_view name);

/// SHA-256 of an event's body.
[[nodiscard]] std::string body_digest(std::string_view body);

/// The number of the copy that an event is about, checked against the edition.
void check_copy(const Catalogue& catalogue, std::int64_t row, int copy);

}  // namespace atelier::catalogue
