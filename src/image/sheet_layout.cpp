// SPDX-License-Identifier: Apache-2.0
#include "image/sheet_layout.hpp"

#include <algorithm>

namespace atelier::image {
namespace {

int widest(const std::vector<Size>& sizes) {
  int width = 0;
  for (const Size& size : sizes) width = std::max(width, size.width);
  return width;
}

int highest(const std::vector<Size>& sizes, std::size_t begin, std::size_t count) {
  int height = 0;
  for (std::size_t i = begin; i < begin + count; ++i) height = std::max(height, sizes[i].height);
  return height;
}

/// Room below something, when it is there at all.
int with_gap(int length, int gap) {
  return length > 0 ? length + gap : 0;
}

}  // namespace

SheetPlaces lay_out(Size title, const std::vector<BlockSizes>& blocks, int gap) {
  int column = 0, beside = 0;  // widths of a column, and of what stands at the left of rows
  for (const BlockSizes& block : blocks) {
    column =
        std::max({column, widest(block.pictures), widest(block.labels), widest(block.columns)});
    beside = std::max(beside, with_gap(widest(block.rows), gap));
  }
  const int near = gap / 3;  // between a picture and its own label
  SheetPlaces places;
  places.title = {gap, gap};
  int y = gap + with_gap(title.height, gap);
  int right = gap + title.width;
  for (const BlockSizes& block : blocks) {
    BlockPlaces of_block;
    const std::size_t columns = block.columns.size();
    const auto centre = [&](std::size_t c, int width) {
      return gap + beside + static_cast<int>(c) * (column + gap) + (column - width) / 2;
    };
    of_block.heading = {gap, y};
    y += with_gap(block.heading.height, gap);
    const int heads = highest(block.columns, 0, columns);
    for (std::size_t c = 0; c < columns; ++c) {
      const Size& size = block.columns[c];
      of_block.columns.push_back({centre(c, size.width), y + heads - size.height});
    }
    y += with_gap(heads, near);
    for (std::size_t r = 0; r < block.rows.size(); ++r) {
      const int pictures = highest(block.pictures, r * columns, columns);
      const int labels = highest(block.labels, r * columns, columns);
      const int text = block.rows[r].height;
      const int height = std::max(pictures, text);
      of_block.rows.push_back({gap, y + (height - text) / 2});
      for (std::size_t c = 0; c < columns; ++c) {
        const Size &picture = block.pictures[r * columns + c],
                   &label = block.labels[r * columns + c];
        of_block.pictures.push_back({centre(c, picture.width), y + (height - picture.height) / 2});
        of_block.labels.push_back({centre(c, label.width), y + height + near});
      }
      y += height + (labels > 0 ? labels + near : 0) + gap;
    }
    y += gap;  // blocks stand further apart than rows
    right = std::max({right, gap + block.heading.width,
                      gap + beside + static_cast<int>(columns) * (column + gap) - gap});
    places.blocks.push_back(std::move(of_block));
  }
  places.size = {right + gap, blocks.empty() ? y : y - gap};
  return places;
}

}  // namespace atelier::image
