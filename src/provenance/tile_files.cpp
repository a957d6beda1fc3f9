// SPDX-License-Identifier: Apache-2.0
#include "provenance/tile_files.hpp"

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"

namespace atelier::provenance {
namespace {

constexpr std::uintmax_t max_bundle_bytes = tile_width * (2 + max_entry_bytes);

/// A tile's file, read.
struct Found {
  std::filesystem::path path;
  std::string bytes;
  std::uint64_t width;
};

Found find(const std::filesystem::path& folder, const Tile& tile,
           std::filesystem::path (*path_of)(const Tile&)) {
  for (const std::uint64_t width : {tile.width, tile_width}) {
    const std::filesystem::path path = folder / path_of({tile.level, tile.index, width});
    std::error_code error;
    if (std::filesystem::exists(path, error))
      return {path, read_file(path, max_bundle_bytes), width};
  }
  fail(ErrorKind::bad_input, "{} is missing from the log; bring a whole copy.",
       (folder / path_of(tile)).string());
}

}  // namespace

std::vector<Hash> read_tile(const std::filesystem::path& folder, const Tile& tile) {
  const Found found = find(folder, tile, tile_path);
  std::vector<Hash> hashes = parse_tile(found.bytes, found.width, found.path.string());
  hashes.resize(tile.width);
  return hashes;
}

std::vector<std::string> read_bundle(const std::filesystem::path& folder, const Tile& tile) {
  const Found found = find(folder, tile, entries_path);
  std::vector<std::string> entries = parse_bundle(found.bytes, found.width, found.path.string());
  entries.resize(tile.width);
  return entries;
}

}  // namespace atelier::provenance
