// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace atelier::provenance {

/// JSON that has one meaning (I-JSON, RFC 7493): valid UTF-8, no name twice in one object, no
/// deeper than `deepest` arrays and objects within each other. Nothing for any other text.
[[nodiscard]] std::optional<nlohmann::json> parse_strict_json(std::string_view text, int deepest);

}  // namespace atelier::provenance
