// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "atelier/catalogue/catalogue.hpp"

namespace atelier::catalogue {

struct CheckReport {
  std::int64_t works = 0, events = 0, files = 0;
  std::int64_t in_ledger = 0, waiting = 0;
  std::vector<std::string> faults;  ///< sentences; the first thousand
};

/// Holds everything against everything: the database's own checks; each work's chain of events,
/// their digests and places; each work against the record of its last event; owners of record
/// against claims and transfers, whose signatures are verified anew; each event against its entry
/// in the ledger and what that opens to. `files`: also that each file is where it should be, and
/// the same. Changes nothing.
[[nodiscard]] CheckReport check(const Catalogue& catalogue, bool files);

}  // namespace atelier::catalogue
