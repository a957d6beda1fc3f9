// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/store/schema.hpp"

namespace atelier::catalogue {

/// The tables, which are the same in SQLite and PostgreSQL with rows numbered by us, and an index
/// of words, which each has of its own kind (word_index.hpp).
[[nodiscard]] const store::Schema& schema();

}  // namespace atelier::catalogue
