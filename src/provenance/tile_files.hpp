// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "provenance/tile.hpp"

namespace atelier::provenance {

/// The hashes of a tile beneath `folder`. Where a partial one is gone, the full one serves, since
/// C2SP tlog-tiles lets a log take partial tiles away then. Throws Error bad_input when there is
/// neither, or it is damaged.
[[nodiscard]] std::vector<Hash> read_tile(const std::filesystem::path& folder, const Tile& tile);

/// The entries that belong to a tile of level 0, likewise.
[[nodiscard]] std::vector<std::string> read_bundle(const std::filesystem::path& folder,
                                                   const Tile& tile);

}  // namespace atelier::provenance
