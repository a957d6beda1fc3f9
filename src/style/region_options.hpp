// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "atelier/style/options.hpp"

namespace atelier::style {

/// Refuses masks, maps and mixtures that contradict each other or the rest of the options. Throws
/// Error invalid_argument. `styles`: how many style pictures there are.
void check_regions(const StylizeOptions& options, std::size_t styles);

/// How many masks and regions the options make, at most.
[[nodiscard]] std::size_t mask_count(const StylizeOptions& options);

}  // namespace atelier::style
