// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/contact_sheet.hpp"

#include <algorithm>
#include <array>

#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"
#include "image/canvas.hpp"
#include "image/sheet_layout.hpp"

namespace atelier::image {
namespace {

struct DrawnBlock {
  Text heading;
  std::vector<Text> columns, rows, labels;
  std::vector<Image> pictures;
};

/// Resized to the cell, on white.
Image fitted(const SheetCell& cell, int edge) {
  if (!cell.picture) return {};
  const Size size = fit_long_edge({cell.picture->width, cell.picture->height}, edge);
  Image picture = resize(*cell.picture, {std::max(size.width, 1), std::max(size.height, 1)});
  for (std::size_t i = 0; i < picture.alpha.size(); ++i) {
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c)
      picture.rgb[c] = picture.rgb[c] * picture.alpha[i] + (1 - picture.alpha[i]);
  }
  return picture;
}

Size size_of(const Text& text) {
  return {text.width, text.height};
}

Size size_of(const Image& picture) {
  return {picture.width, picture.height};
}

template <class T>
std::vector<Size> sizes_of(const std::vector<T>& things) {
  std::vector<Size> sizes;
  for (const T& thing : things) sizes.push_back(size_of(thing));
  return sizes;
}

DrawnBlock drawn(const SheetBlock& block, int cell, int type) {
  DrawnBlock result;
  const int across = static_cast<int>(std::max<std::size_t>(block.columns.size(), 1)) * cell;
  result.heading = draw_text(block.heading, type + type / 4, across, Align::left, true);
  for (const std::string& text : block.columns)
    result.columns.push_back(draw_text(text, type, cell, Align::centre, true));
  for (const std::string& text : block.rows)
    result.rows.push_back(draw_text(text, type, std::max(cell * 2 / 3, 110), Align::left, true));
  for (const SheetCell& one : block.cells) {
    result.pictures.push_back(fitted(one, cell));
    result.labels.push_back(draw_text(one.label, type, cell, Align::centre, false));
  }
  return result;
}

void check(const ContactSheet& sheet) {
  std::size_t cells = 0;
  for (const SheetBlock& block : sheet.blocks) {
    cells += block.cells.size();
    if (block.cells.size() == block.rows.size() * block.columns.size()) continue;
    fail(ErrorKind::invalid_argument, "a block of {} rows and {} columns cannot hold {} pictures.",
         block.rows.size(), block.columns.size(), block.cells.size());
  }
  if (cells == 0) fail(ErrorKind::invalid_argument, "a contact sheet needs at least one picture.");
  if (sheet.cell < 64 || sheet.cell > 1024) {
    fail(ErrorKind::invalid_argument,
         "pictures of {} px do not go onto a contact sheet; use 64..1024.", sheet.cell);
  }
}

}  // namespace

SheetBlock flat_block(std::vector<SheetCell> cells, int columns) {
  const auto across = static_cast<std::size_t>(
      std::clamp<std::int64_t>(columns, 1, std::max<std::int64_t>(std::ssize(cells), 1)));
  const std::size_t rows = (cells.size() + across - 1) / across;
  cells.resize(rows * across);
  return {"", std::vector<std::string>(across), std::vector<std::string>(rows), std::move(cells)};
}

Image contact_sheet(const ContactSheet& sheet) {
  check(sheet);
  const int type = std::clamp(sheet.cell / 16, 13, 26), gap = std::max(sheet.cell / 12, 12);
  std::vector<DrawnBlock> blocks;
  std::vector<BlockSizes> sizes;
  std::size_t columns = 1;
  for (const SheetBlock& block : sheet.blocks) {
    columns = std::max(columns, block.columns.size());
    const DrawnBlock& one = blocks.emplace_back(drawn(block, sheet.cell, type));
    sizes.push_back({size_of(one.heading), sizes_of(one.columns), sizes_of(one.rows),
                     sizes_of(one.pictures), sizes_of(one.labels)});
  }
  const int across = static_cast<int>(columns) * sheet.cell;
  const Text title = draw_text(sheet.title, type + type / 2, across, Align::left, true);
  const SheetPlaces places = lay_out(size_of(title), sizes, gap);
  if (std::max(places.size.width, places.size.height) > longest_edge) {
    fail(ErrorKind::invalid_argument,
         "the contact sheet would have {} x {} px, and at most {} are drawn; use fewer pictures.",
         places.size.width, places.size.height, longest_edge);
  }
  Canvas canvas(places.size);
  canvas.draw(title, places.title, ink);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    const DrawnBlock& block = blocks[b];
    const BlockPlaces& at = places.blocks[b];
    canvas.draw(block.heading, at.heading, ink);
    for (std::size_t i = 0; i < block.columns.size(); ++i)
      canvas.draw(block.columns[i], at.columns[i], ink);
    for (std::size_t i = 0; i < block.rows.size(); ++i) canvas.draw(block.rows[i], at.rows[i], ink);
    for (std::size_t i = 0; i < block.pictures.size(); ++i) {
      canvas.draw(block.pictures[i], at.pictures[i]);
      canvas.draw(block.labels[i], at.labels[i], faint_ink);
    }
  }
  return canvas.take();
}

}  // namespace atelier::image
