// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "atelier/provenance/verification.hpp"

namespace atelier::provenance {

/// Fills `to` with what the library's reader says of a manifest store; with State::broken when it
/// says that nothing is wrong and yet names no manifest that is in force.
void read_report(const nlohmann::json& report, Verification& to);

}  // namespace atelier::provenance
