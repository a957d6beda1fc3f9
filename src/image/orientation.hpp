// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/image.hpp"

namespace atelier::image {

/// Turns a picture as its EXIF tag Orientation asks (EXIF 2.32, tag 0x0112): 1 leaves it, 2 mirrors
/// it left to right, 3 turns it by 180 degrees, 4 mirrors it top to bottom, 5 transposes it, 6
/// turns it clockwise, 7 transposes it over the other diagonal, 8 turns it anticlockwise. Any other
/// value leaves it.
[[nodiscard]] Image oriented(Image image, int orientation);

/// Which way the stored rows and columns run.
struct Turn {
  bool transpose = false, mirror_x = false,
       mirror_y = false;  ///< mirrors are of the stored picture
};
[[nodiscard]] Turn turn_of(int orientation);

/// Whether the orientation exchanges width and height.
[[nodiscard]] constexpr bool swaps_edges(int orientation) {
  return orientation >= 5 && orientation <= 8;
}

}  // namespace atelier::image
