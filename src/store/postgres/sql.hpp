// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace atelier::store {

/// A statement as PostgreSQL takes it.
struct NumberedSql {
  std::string text;
  int parameters = 0;  ///< the greatest number
};

/// `?` and `?NNN` become `$1`, `$2`, ...: as in SQLite a bare `?` is one more than the greatest
/// before it. Quotations, quoted names and comments stay as they are.
[[nodiscard]] NumberedSql number_parameters(std::string_view sql);

/// Words of SQLite's definitions in PostgreSQL's; Migration says which.
[[nodiscard]] std::string translate_definitions(std::string_view sql);

/// Whether a statement may be run again where its answer was lost: it only reads.
[[nodiscard]] bool only_reads(std::string_view sql);

}  // namespace atelier::store
