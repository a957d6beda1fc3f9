// SPDX-License-Identifier: Apache-2.0
#include "jobs/sweep_sheet.hpp"

#include <cmath>
#include <utility>

namespace atelier::jobs {
namespace {

std::vector<std::string> texts(const SweepAxis& axis) {
  std::vector<std::string> texts;
  for (const std::string& value : axis.values) texts.push_back(axis.option + " " + value);
  return texts;
}

}  // namespace

std::vector<std::vector<std::size_t>> combinations(const std::vector<SweepAxis>& axes) {
  std::vector<std::vector<std::size_t>> all{{}};
  for (const SweepAxis& axis : axes) {
    std::vector<std::vector<std::size_t>> longer;
    for (const auto& one : all) {
      for (std::size_t value = 0; value < axis.values.size(); ++value) {
        longer.push_back(one);
        longer.back().push_back(value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

std::vector<image::SheetBlock> sweep_blocks(const std::vector<SweepAxis>& axes,
                                            std::vector<image::SheetCell> cells) {
  if (axes.size() == 1) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string value = axes[0].option + " " + axes[0].values[i];
      cells[i].label = cells[i].label.empty() ? value : value + "\n" + cells[i].label;
    }
    const auto count = static_cast<double>(cells.size());
    const int columns = cells.size() <= 5 ? static_cast<int>(cells.size())
                                          : static_cast<int>(std::ceil(std::sqrt(count)));
    return {image::flat_block(std::move(cells), columns)};
  }
  // Cells come with the first axis slowest; a block takes all of the first two.
  const std::vector<SweepAxis> further(axes.begin() + 2, axes.end());
  const auto blocks = combinations(further);
  std::vector<image::SheetBlock> result;
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    image::SheetBlock block{"", texts(axes[1]), texts(axes[0]), {}};
    for (std::size_t i = 0; i < further.size(); ++i) {
      block.heading += (i == 0 ? "" : ", ") + texts(further[i])[blocks[b][i]];
    }
    for (std::size_t i = b; i < cells.size(); i += blocks.size())
      block.cells.push_back(std::move(cells[i]));
    result.push_back(std::move(block));
  }
  return result;
}

}  // namespace atelier::jobs
