// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "atelier/assist/level.hpp"

namespace atelier::assist {

/// The surest horizon, as find_level() describes it.
[[nodiscard]] std::optional<Horizon> find_horizon(const image::Image& picture,
                                                  const std::vector<Edge>& edges);

}  // namespace atelier::assist
