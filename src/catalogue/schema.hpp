// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace atelier::catalogue {

inline constexpr std::uint32_t application = 0x41544361;  ///< "ATCa": whose files these are

/// What every database has that speaks SQL: only types, constraints and indexes that SQLite and
/// PostgreSQL both know, rows numbered by us.
[[nodiscard]] std::string_view tables_sql();

/// The versions of the schema in SQLite: the tables above, and an index of words, which PostgreSQL
/// would have otherwise.
[[nodiscard]] std::span<const std::string_view> migrations();

}  // namespace atelier::catalogue
