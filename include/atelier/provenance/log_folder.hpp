// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "atelier/provenance/checkpoint.hpp"
#include "atelier/provenance/merkle.hpp"

namespace atelier::provenance {

/// A log as it is served, in a folder: `checkpoint` and `tile/...`, as C2SP tlog-tiles lays them
/// out. A log of our own, or a copy of anybody's. Reads alone; nothing that it hands out is checked
/// against a root but by the caller.
class LogFolder {
 public:
  explicit LogFolder(std::filesystem::path folder);

  [[nodiscard]] const std::filesystem::path& path() const noexcept { return folder_; }

  /// The signed note; nothing when there is none. Throws Error bad_input when it cannot be read.
  [[nodiscard]] std::optional<std::string> checkpoint() const;

  /// The nodes of the tree of `size` leaves, of which the tiles lie here. Throws Error bad_input
  /// when a tile is missing or damaged, at node() too.
  [[nodiscard]] std::unique_ptr<Nodes> nodes(std::uint64_t size) const;

  /// One entry of the tree of `size` leaves; index < size. Throws Error bad_input when its bundle
  /// is missing or damaged.
  [[nodiscard]] std::string entry(std::uint64_t index, std::uint64_t size) const;

 private:
  std::filesystem::path folder_;
};

/// Reads the whole log up to `head` and hashes it anew: entries against tiles, tiles against those
/// above, all against the root. Throws Error bad_input which names the first file that does not
/// fit. Memory does not grow with the log.
void audit(const LogFolder& log, const TreeHead& head);

}  // namespace atelier::provenance
