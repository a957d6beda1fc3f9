// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atelier/provenance/merkle.hpp"

/// Tiles: how a log lies in files that any server hands out.
///
/// Source: C2SP tlog-tiles (c2sp.org/tlog-tiles).
namespace atelier::provenance {

inline constexpr unsigned tile_height = 8;  ///< levels of the tree in one tile
inline constexpr std::uint64_t tile_width = 1U << tile_height;
inline constexpr std::size_t max_entry_bytes = 65535;  ///< two bytes tell its length

/// A row of hashes: `width` (1..256) of level `level` * 8 of the tree, from index * 256 on.
struct Tile {
  unsigned level = 0;
  std::uint64_t index = 0;
  std::uint64_t width = tile_width;

  [[nodiscard]] bool is_full() const { return width == tile_width; }
  auto operator<=>(const Tile&) const = default;
};

/// The tile at a place of a tree of `size` leaves; of width 0 when there is none.
[[nodiscard]] Tile tile_in(std::uint64_t size, unsigned level, std::uint64_t index);

/// The partial tiles of a tree: at most one a level.
[[nodiscard]] std::vector<Tile> partial_tiles(std::uint64_t size);

/// Beneath the log's folder: tile/1/x001/x234/067, tile/0/000.p/12.
[[nodiscard]] std::filesystem::path tile_path(const Tile& tile);
/// Where the entries of a tile of level 0 lie: tile/entries/000.p/12.
[[nodiscard]] std::filesystem::path entries_path(const Tile& tile);
/// The folder of a place's partial tiles: beside the full one, with .p at its end.
[[nodiscard]] std::filesystem::path partial_folder(const std::filesystem::path& full);

[[nodiscard]] std::string to_bytes(std::span<const Hash> hashes);
/// Throws Error bad_input when there are not just `width` hashes. `what`: the file's name.
[[nodiscard]] std::vector<Hash> parse_tile(std::string_view bytes, std::uint64_t width,
                                           std::string_view what);

/// The root of a perfect subtree over 2^n hashes.
[[nodiscard]] Hash root_of_row(std::span<const Hash> hashes);

/// Adds an entry to a bundle; it has at most max_entry_bytes.
void append_entry(std::string_view entry, std::string& bundle);
/// Throws Error bad_input when there are not just `width` entries. `what`: the file's name.
[[nodiscard]] std::vector<std::string> parse_bundle(std::string_view bytes, std::uint64_t width,
                                                    std::string_view what);

}  // namespace atelier::provenance
