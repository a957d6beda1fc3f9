// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "atelier/catalogue/catalogue.hpp"

namespace atelier::catalogue {

/// The number that a table's next row gets, within a transaction.
[[nodiscard]] inline std::int64_t next_row(const Catalogue& catalogue, std::string_view table) {
  store::Statement& row =
      catalogue.kept("SELECT COALESCE(MAX(id), 0) + 1 FROM " + std::string(table));
  row.step();
  const std::int64_t next = row.integer(0);
  row.run();
  return next;
}

}  // namespace atelier::catalogue
