// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::image {

/// Sizes of everything in a block, px: what is drawn decides them.
struct BlockSizes {
  Size heading;
  std::vector<Size> columns, rows;     ///< of the texts above and beside
  std::vector<Size> pictures, labels;  ///< row by row
};

struct Place {
  int left = 0, top = 0;
};

struct BlockPlaces {
  Place heading;
  std::vector<Place> columns, rows, pictures, labels;
};

struct SheetPlaces {
  Size size;  ///< of the whole sheet
  Place title;
  std::vector<BlockPlaces> blocks;
};

/// Puts everything in its place. All columns of the sheet are as wide as the widest picture or
/// label in it, so that blocks stand below each other; a row is as high as its highest picture,
/// with the labels below. Pictures and labels are centred in their columns, the texts of rows
/// beside the middle of the pictures. `gap`: px between what lies side by side, and around the
/// sheet.
[[nodiscard]] SheetPlaces lay_out(Size title, const std::vector<BlockSizes>& blocks, int gap);

}  // namespace atelier::image
