// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/jobs/catalog.hpp"

namespace atelier::jobs {

/// Brings the ledger of a catalogue up to date, where there is one. What keeps that from being done
/// is told, not thrown: what was recorded is kept, and waits.
[[nodiscard]] LedgerStanding up_to_date(const catalogue::Catalogue& catalogue);

}  // namespace atelier::jobs
