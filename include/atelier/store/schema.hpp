// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace atelier::store {

/// Whose SQL a database speaks.
enum class Dialect { sqlite, postgres };

/// Makes a version of a schema from the one before: what is common first, then what the dialect
/// needs for itself. Once released, a step never changes.
///
/// Common steps are written as for SQLite, and PostgreSQL gets INTEGER as BIGINT, REAL as DOUBLE
/// PRECISION, BLOB as BYTEA, INTEGER PRIMARY KEY (with or without AUTOINCREMENT) as a number that
/// grows by itself, WITHOUT ROWID and STRICT as nothing. A row with a number of its own does not
/// move that count there. No name of a table or column may be one of these words.
struct Migration {
  std::string_view common, sqlite = {}, postgres = {};
};

/// What a database holds, and how it came to be.
struct Schema {
  std::string_view name;          ///< in PostgreSQL, where several may share a database: a-z and _
  std::uint32_t application = 0;  ///< a number of its own, which tells whose it is
  std::span<const Migration> migrations;
};

/// Whether a location is a server's URL rather than a file.
[[nodiscard]] bool is_server(std::string_view location);

/// A location fit to be shown: a URL without its password and options.
[[nodiscard]] std::string shown(const std::string& location);

}  // namespace atelier::store
