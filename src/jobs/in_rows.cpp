// SPDX-License-Identifier: Apache-2.0
#include "jobs/in_rows.hpp"

#include <algorithm>

namespace atelier::jobs {

image::Image in_rows(const std::vector<image::Image>& pictures, int columns) {
  const int edge = pictures.front().width;
  const int rows = (static_cast<int>(pictures.size()) + columns - 1) / columns;
  image::Image sheet;
  sheet.width = columns * edge;
  sheet.height = rows * edge;
  sheet.rgb.assign(sheet.pixels() * 3, 1.0F);
  for (std::size_t i = 0; i < pictures.size(); ++i) {
    const auto left = static_cast<std::ptrdiff_t>(i) % columns * edge;
    const auto top = static_cast<std::ptrdiff_t>(i) / columns * edge;
    for (std::ptrdiff_t y = 0; y < edge; ++y) {
      const auto from = pictures[i].rgb.begin() + y * edge * 3;
      std::copy(from, from + std::ptrdiff_t{3} * edge,
                sheet.rgb.begin() + ((top + y) * sheet.width + left) * 3);
    }
  }
  return sheet;
}

}  // namespace atelier::jobs
