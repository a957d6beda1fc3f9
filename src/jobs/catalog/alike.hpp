// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/jobs/catalog.hpp"

namespace atelier::jobs {

/// The works whose pictures look like `request.like`, the likest first. Throws Error
/// invalid_argument where other conditions are given, and missing_weights.
[[nodiscard]] FindReport find_alike(const catalogue::Catalogue& catalogue,
                                    const FindRequest& request);

}  // namespace atelier::jobs
