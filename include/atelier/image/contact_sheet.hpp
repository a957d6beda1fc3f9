// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::image {

/// A picture on a sheet and what stands below it.
struct SheetCell {
  std::optional<Image> picture;  ///< none: its place stays empty
  std::string label;             ///< may have several lines
};

/// Pictures in rows and columns that mean something.
struct SheetBlock {
  std::string heading;               ///< above the block; may be empty
  std::vector<std::string> columns;  ///< above each column; empty strings: nothing
  std::vector<std::string> rows;     ///< at the left of each row; empty strings: nothing
  std::vector<SheetCell> cells;      ///< row by row: rows.size() * columns.size()
};

struct ContactSheet {
  std::string title;               ///< above everything; may be empty
  std::vector<SheetBlock> blocks;  ///< one below the other
  int cell = 256;                  ///< long edge that every picture is resized to, px, 64..1024
};

/// Cells one after the other, as many in a row, as one block without headings.
[[nodiscard]] SheetBlock flat_block(std::vector<SheetCell> cells, int columns);

/// Lays the pictures out on white, with their labels in a sans-serif type that is read easily at
/// full size. Columns are as wide and rows as high as their largest picture needs; long texts are
/// broken. Transparent pictures are laid on white.
///
/// Throws Error invalid_argument when there is no cell, a block's cells are not rows times columns,
/// or the sheet would pass 30,000 px an edge; missing_capability where the image library draws no
/// text.
[[nodiscard]] Image contact_sheet(const ContactSheet& sheet);

}  // namespace atelier::image
