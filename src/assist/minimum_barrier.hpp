// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "assist/planes.hpp"

namespace atelier::assist {

/// For every pixel, the least barrier (greatest less least value along the way) on any way of
/// neighbours from the border: 0 on the border. By `passes` raster scans, each along and back in
/// turn, which comes near the true least (FastMBD of Zhang et al., ICCV 2015, algorithm 1).
[[nodiscard]] Plane minimum_barrier(const Plane& plane, int passes = 3);

}  // namespace atelier::assist
