// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/error.hpp"
#include "atelier/provenance/log_folder.hpp"
#include "provenance/right_edge.hpp"
#include "provenance/tile_files.hpp"

namespace atelier::provenance {
namespace {

void expect_tile(const LogFolder& log, const Tile& tile, const std::vector<Hash>& hashes) {
  if (read_tile(log.path(), tile) == hashes) return;
  fail(
      ErrorKind::bad_input,
      "{} does not fit the entries beneath it: the log was changed or damaged; bring a whole copy.",
      (log.path() / tile_path(tile)).string());
}

}  // namespace

void audit(const LogFolder& log, const TreeHead& head) {
  RightEdge edge;
  for (std::uint64_t index = 0; edge.size() < head.size; ++index) {
    for (const std::string& entry : read_bundle(log.path(), tile_in(head.size, 0, index))) {
      edge.append(leaf_hash(entry), [&](const Tile& tile, const std::vector<Hash>& hashes) {
        expect_tile(log, tile, hashes);
      });
    }
  }
  for (const Tile& tile : partial_tiles(head.size)) expect_tile(log, tile, edge.row(tile.level));
  if (edge.root() != head.root) {
    fail(
        ErrorKind::bad_input,
        "the {} entries in {} are not those that the checkpoint promises; bring the log from where "
        "the checkpoint came.",
        head.size, log.path().string());
  }
}

}  // namespace atelier::provenance
