// SPDX-License-Identifier: Apache-2.0
#include "provenance/right_edge.hpp"

#include <cassert>

namespace atelier::provenance {

RightEdge::RightEdge(std::uint64_t size, const std::function<std::vector<Hash>(const Tile&)>& row)
    : size_(size) {
  for (const Tile& tile : partial_tiles(size)) {
    rows_.resize(tile.level + 1);
    rows_[tile.level] = row(tile);
  }
}

void RightEdge::append(const Hash& leaf, const OnFull& on_full) {
  Hash hash = leaf;
  for (unsigned level = 0;; ++level) {
    if (rows_.size() == level) rows_.emplace_back();
    std::vector<Hash>& row = rows_[level];
    row.push_back(hash);
    if (row.size() < tile_width) break;
    on_full({level, size_ >> ((level + 1) * tile_height), tile_width}, row);
    hash = root_of_row(row);
    row.clear();
  }
  ++size_;
}

Hash RightEdge::node(unsigned level, std::uint64_t index) {
  const unsigned within = level % tile_height;
  const std::vector<Hash>& row = rows_[level / tile_height];
  const std::size_t first = (index << within) % tile_width;
  assert(first + (std::size_t{1} << within) <= row.size());
  return root_of_row(std::span(row).subspan(first, std::size_t{1} << within));
}

}  // namespace atelier::provenance
