// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace atelier::provenance {

/// A member of an object, or null, whatever `object` is: reports are made of what others wrote.
[[nodiscard]] const nlohmann::json& member(const nlohmann::json& object, const std::string& name);

/// A text among them, as plain_line(); empty for anything else.
[[nodiscard]] std::string text_in(const nlohmann::json& object, const std::string& name);

}  // namespace atelier::provenance
