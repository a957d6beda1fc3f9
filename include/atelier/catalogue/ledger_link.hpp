// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>

#include "atelier/catalogue/catalogue.hpp"

/// A catalogue with a ledger: every event goes into it, sealed.
///
/// The sealed form of an event, with the salts that it will have in the ledger, is written in the
/// transaction of the event itself (a write-ahead intention). bring_up_to_date() appends what waits
/// and writes down where it came to lie. Whenever the program is killed, the next call finds, by
/// the hashes of the leaves, which of those that wait are in the ledger already, and appends the
/// others: each event comes to lie there once.
namespace atelier::catalogue {

/// Ties a ledger to a catalogue that has none, and makes all its events wait. Throws Error
/// bad_input for a folder that is no ledger, invalid_argument when there is another already.
void attach_ledger(const Catalogue& catalogue, const std::filesystem::path& ledger);

/// Where the ledger lies; empty: none is attached.
[[nodiscard]] std::filesystem::path ledger_of(const Catalogue& catalogue);

/// Events that wait.
[[nodiscard]] std::int64_t waiting(const Catalogue& catalogue);

/// Appends what waits; nothing is signed. Returns how many events came into the ledger, or were
/// found there. Throws Error io when another process writes the ledger, bad_input when the ledger
/// is damaged or has lost entries; what waits goes on waiting then.
std::int64_t bring_up_to_date(const Catalogue& catalogue);

}  // namespace atelier::catalogue
