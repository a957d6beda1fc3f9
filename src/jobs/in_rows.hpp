// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::jobs {

/// Squares of one size in rows, without gaps, the last row filled with white.
[[nodiscard]] image::Image in_rows(const std::vector<image::Image>& pictures, int columns);

}  // namespace atelier::jobs
