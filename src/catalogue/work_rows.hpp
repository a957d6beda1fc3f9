// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "atelier/catalogue/work.hpp"
#include "atelier/store/database.hpp"

namespace atelier::catalogue {

/// The columns of a work as work_of() reads them, from column 0 on.
inline constexpr std::string_view work_columns =
    "works.number, works.kind, works.title, works.artists, works.date_text, works.medium, "
    "works.dimensions, works.language, works.keywords, works.description, works.rights, "
    "works.licence, works.credit, works.edition, works.proofs, works.location, "
    "COALESCE(works.price_amount, 0), works.price_currency";
inline constexpr int work_column_count = 18;

[[nodiscard]] Work work_of(const store::Statement& row);

}  // namespace atelier::catalogue
