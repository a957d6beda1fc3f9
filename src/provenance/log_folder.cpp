// SPDX-License-Identifier: Apache-2.0
#include "atelier/provenance/log_folder.hpp"

#include <map>

#include "atelier/base/atomic_file.hpp"
#include "atelier/provenance/note.hpp"
#include "provenance/tile.hpp"
#include "provenance/tile_files.hpp"

namespace atelier::provenance {
namespace {

/// Nodes out of tiles, of which the last ones that were read are kept.
class TileNodes : public Nodes {
 public:
  TileNodes(std::filesystem::path folder, std::uint64_t size)
      : folder_(std::move(folder)), size_(size) {}

  Hash node(unsigned level, std::uint64_t index) override {
    const unsigned within = level % tile_height;
    const std::uint64_t first = index << within;  // of the tile's row
    const std::vector<Hash>& row = tile(level / tile_height, first / tile_width);
    return root_of_row(std::span(row).subspan(first % tile_width, std::size_t{1} << within));
  }

 private:
  const std::vector<Hash>& tile(unsigned level, std::uint64_t index) {
    const auto known = kept_.find({level, index});
    if (known != kept_.end()) return known->second;
    if (kept_.size() >= most_kept) kept_.clear();
    return kept_[{level, index}] = read_tile(folder_, tile_in(size_, level, index));
  }

  static constexpr std::size_t most_kept = 64;
  std::filesystem::path folder_;
  std::uint64_t size_;
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> kept_;
};

}  // namespace

LogFolder::LogFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

std::optional<std::string> LogFolder::checkpoint() const {
  const std::filesystem::path file = folder_ / "checkpoint";
  std::error_code error;
  if (!std::filesystem::exists(file, error)) return std::nullopt;
  return read_file(file, max_note_bytes);
}

std::unique_ptr<Nodes> LogFolder::nodes(std::uint64_t size) const {
  return std::make_unique<TileNodes>(folder_, size);
}

std::string LogFolder::entry(std::uint64_t index, std::uint64_t size) const {
  const Tile tile = tile_in(size, 0, index / tile_width);
  return read_bundle(folder_, tile)[index % tile_width];
}

}  // namespace atelier::provenance
