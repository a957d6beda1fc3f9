// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace atelier {

/// $XDG_CACHE_HOME/atelier, or ~/.cache/atelier (XDG Base Directory Specification 0.8). Not
/// created.
[[nodiscard]] std::filesystem::path cache_dir();

/// $XDG_DATA_HOME/atelier, or ~/.local/share/atelier (the same specification): what is the user's
/// own and cannot be had again, such as keys. Not created.
[[nodiscard]] std::filesystem::path data_dir();

/// Where weights lie: cache_dir()/models. Not created.
[[nodiscard]] std::filesystem::path models_dir();

/// A file of the data that comes with Atelier, such as "models/fast.safetensors": below
/// $ATELIER_DATA when that is set, else beside the program as it is installed (../share/atelier) or
/// in the tree that it was built in. Empty when there is none.
[[nodiscard]] std::filesystem::path own_data(const std::filesystem::path& name);

}  // namespace atelier
