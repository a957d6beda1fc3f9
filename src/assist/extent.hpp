// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/assist/geometry.hpp"
#include "atelier/image/mask.hpp"

namespace atelier::assist {

/// The box that holds nearly all of a map: to each side of it lies `share` of the sum of what the
/// map, brought to 0..1 by its least and greatest value, has above `threshold`. A value stands for
/// its whole cell. The whole picture where nothing is above.
[[nodiscard]] Box extent(const image::Mask& map, double threshold, double share);

}  // namespace atelier::assist
