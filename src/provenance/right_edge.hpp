// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "provenance/tile.hpp"

namespace atelier::provenance {

/// The right edge of a growing tree: the hashes of its partial tiles, which are all that appending
/// needs to know of what came before.
class RightEdge : public Nodes {
 public:
  /// An empty tree.
  RightEdge() = default;
  /// A tree of `size` leaves; `row` has the hashes of each of partial_tiles(size).
  RightEdge(std::uint64_t size, const std::function<std::vector<Hash>(const Tile&)>& row);

  /// Adds a leaf. `on_full` is told each tile that it fills, with its hashes, from level 0 upwards.
  using OnFull = std::function<void(const Tile&, const std::vector<Hash>&)>;
  void append(const Hash& leaf, const OnFull& on_full);

  [[nodiscard]] std::uint64_t size() const noexcept { return size_; }
  [[nodiscard]] Hash root() { return root_of(*this, size_); }
  /// The hashes of a partial tile; `level` is one of partial_tiles(size()).
  [[nodiscard]] const std::vector<Hash>& row(unsigned level) const { return rows_[level]; }

  /// Of the nodes that root_of() asks for, which all lie in partial tiles.
  Hash node(unsigned level, std::uint64_t index) override;

 private:
  std::uint64_t size_ = 0;
  std::vector<std::vector<Hash>> rows_;  // a level each, of fewer than tile_width hashes
};

}  // namespace atelier::provenance
