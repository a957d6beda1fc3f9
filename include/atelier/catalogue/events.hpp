// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/catalogue/catalogue.hpp"

namespace atelier::catalogue {

/// Something that happened to a work. Ranges and help stand in event_option_table(), which the
/// command line and the columns of CSV files read; event_kinds() tells what each kind needs.
struct Event {
  std::string kind{};
  int copy = 0;                ///< of an edition, from 1; 0: the work as a whole
  std::string date{};          ///< EDTF; of a loan or an exhibition from when till when
  std::string party{};         ///< with whom: borrower, buyer, restorer, valuer
  std::string place{};         ///< where, or where to
  std::string title{};         ///< of an exhibition or a publication
  std::string grade{};         ///< condition
  std::string amount{};        ///< price, value
  std::string use = "asking";  ///< what a price is for
  std::string source{};        ///< where this is known from, a semicolon between several
  std::string note{};
};
[[nodiscard]] const OptionTable<Event>& event_option_table();

/// A kind of event: what it needs, and what a work is afterwards.
struct EventKind {
  std::string_view name, help;
  std::vector<std::string_view> needs;  ///< fields that may not be empty
  std::string_view status;              ///< of the work afterwards; empty: as before
  bool by_hand;                         ///< people record it; else the program does
};
[[nodiscard]] const std::vector<EventKind>& event_kinds();

/// An event as it is kept.
struct RecordedEvent {
  std::int64_t id = 0;      ///< in the order of recording, over all works
  nlohmann::json body;      ///< all of it; what a ledger seals
  std::string digest;       ///< SHA-256 of the body as JSON without spaces, names ascending
  std::int64_t entry = -1;  ///< index in the ledger; -1: not there (yet)
};

/// Records an event that people may record, with what follows from it: prices, condition reports,
/// exhibitions, loans, sales, the work's status and place. All of it is one transaction. Returns
/// the event's row. Throws Error bad_input for a work that is not there, a kind that is none, a
/// field that breaks a limit or lacks, a copy that was not made, a return without a loan.
std::int64_t record_event(const Catalogue& catalogue, std::string_view number, Event event);

/// The events of a work: in the order in which they happened (what has no date where it was
/// recorded), or in that of the chain.
[[nodiscard]] std::vector<RecordedEvent> events_of(const Catalogue& catalogue,
                                                   std::string_view number, bool as_happened);

}  // namespace atelier::catalogue
