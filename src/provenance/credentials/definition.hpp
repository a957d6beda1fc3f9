// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "atelier/provenance/credential.hpp"

namespace atelier::provenance {

/// The label of the assertion with a work's recipe, in a name space of ours as C2PA asks for,
/// below a domain that nobody can own (RFC 2606).
inline constexpr const char* recipe_label = "invalid.atelier.recipe";

/// Of works not at hand and of models, which are named and not read.
[[nodiscard]] nlohmann::json ingredient_json(const Ingredient& ingredient, std::size_t place);

/// A statement as the library's manifest definition; ingredients that are at hand are added apart,
/// by ingredient_json(). Throws Error invalid_argument for a text that is no line or too long.
[[nodiscard]] nlohmann::json definition_json(const Statement& statement);

}  // namespace atelier::provenance
