// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>

#include "studio/commands/command.hpp"

namespace atelier::studio {

/// A command as the page and programs see it: inputs, outputs, and every option with its range,
/// default, unit and help, all from the table that checks it.
[[nodiscard]] nlohmann::ordered_json describe(const Command& command);

/// The same option as a JSON Schema (2020-12).
[[nodiscard]] nlohmann::ordered_json schema_of(const Option& option);

/// A request for this command as a JSON Schema.
[[nodiscard]] nlohmann::ordered_json request_schema(const Command& command);

}  // namespace atelier::studio
