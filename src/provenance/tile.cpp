// SPDX-License-Identifier: Apache-2.0
#include "provenance/tile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "atelier/base/base64.hpp"
#include "atelier/base/error.hpp"

namespace atelier::provenance {
namespace {

/// Groups of three digits, all but the last with an x in front.
std::filesystem::path index_path(std::uint64_t index) {
  std::filesystem::path path = fmt::format("{:03}", index % 1000);
  for (index /= 1000; index > 0; index /= 1000)
    path = std::filesystem::path(fmt::format("x{:03}", index % 1000)) / path;
  return path;
}

std::filesystem::path full_or_partial(const std::filesystem::path& full, const Tile& tile) {
  return tile.is_full() ? full : partial_folder(full) / std::to_string(tile.width);
}

}  // namespace

Tile tile_in(std::uint64_t size, unsigned level, std::uint64_t index) {
  const std::uint64_t hashes = level * tile_height < 64 ? size >> (level * tile_height) : 0;
  const std::uint64_t begin = index * tile_width;
  return {level, index, hashes > begin ? std::min(tile_width, hashes - begin) : 0};
}

std::vector<Tile> partial_tiles(std::uint64_t size) {
  std::vector<Tile> tiles;
  for (unsigned level = 0; size >> (level * tile_height) > 0; ++level) {
    const std::uint64_t hashes = size >> (level * tile_height);
    if (hashes % tile_width != 0)
      tiles.push_back({level, hashes / tile_width, hashes % tile_width});
    if ((level + 1) * tile_height >= 64) break;
  }
  return tiles;
}

std::filesystem::path partial_folder(const std::filesystem::path& full) {
  std::filesystem::path folder = full;
  folder += ".p";
  return folder;
}

std::filesystem::path tile_path(const Tile& tile) {
  return full_or_partial(
      std::filesystem::path("tile") / std::to_string(tile.level) / index_path(tile.index), tile);
}

std::filesystem::path entries_path(const Tile& tile) {
  return full_or_partial(std::filesystem::path("tile/entries") / index_path(tile.index), tile);
}

std::string to_bytes(std::span<const Hash> hashes) {
  std::string bytes;
  bytes.reserve(hashes.size() * sizeof(Hash));
  for (const Hash& hash : hashes) bytes += as_text(hash);
  return bytes;
}

std::vector<Hash> parse_tile(std::string_view bytes, std::uint64_t width, std::string_view what) {
  if (bytes.size() != width * sizeof(Hash)) {
    fail(ErrorKind::bad_input,
         "{} is damaged: a tile of {} hashes has {} bytes, and this one {}; bring a whole copy.",
         what, width, width * sizeof(Hash), bytes.size());
  }
  std::vector<Hash> hashes(width);
  for (std::size_t i = 0; i < width; ++i)
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * sizeof(Hash)), sizeof(Hash),
                hashes[i].begin());
  return hashes;
}

Hash root_of_row(std::span<const Hash> hashes) {
  assert(!hashes.empty() && (hashes.size() & (hashes.size() - 1)) == 0);
  std::vector<Hash> row(hashes.begin(), hashes.end());
  for (std::size_t count = row.size() / 2; count > 0; count /= 2) {
    for (std::size_t i = 0; i < count; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
  }
  return row.front();
}

void append_entry(std::string_view entry, std::string& bundle) {
  assert(entry.size() <= max_entry_bytes);
  bundle += static_cast<char>(entry.size() >> 8);
  bundle += static_cast<char>(entry.size() & 255);
  bundle += entry;
}

std::vector<std::string> parse_bundle(std::string_view bytes, std::uint64_t width,
                                      std::string_view what) {
  const auto refuse = [&](std::string_view why) {
    fail(ErrorKind::bad_input, "{} is damaged: {}; bring a whole copy.", what, why);
  };
  std::vector<std::string> entries;
  while (entries.size() < width) {
    if (bytes.size() < 2)
      refuse(fmt::format("it holds {} entries instead of {}", entries.size(), width));
    const std::size_t size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[0])) << 8 |
                             static_cast<unsigned char>(bytes[1]);
    bytes.remove_prefix(2);
    if (bytes.size() < size) refuse("an entry is longer than what is left of it");
    entries.emplace_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  if (!bytes.empty()) refuse(fmt::format("bytes follow its {} entries", width));
  return entries;
}

}  // namespace atelier::provenance
