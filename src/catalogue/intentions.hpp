// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>

#include "atelier/catalogue/catalogue.hpp"

namespace atelier::catalogue {

/// Writes down, within the transaction of an event, that it belongs into the ledger: its sealed
/// form with the salts that it will have there, so that whether it arrived can be told by its
/// leaf's hash however often it is tried. Nothing where no ledger is attached. Throws Error
/// bad_input for an event that is too large to be sealed.
void intend(const Catalogue& catalogue, std::int64_t event, const nlohmann::json& body);

}  // namespace atelier::catalogue
