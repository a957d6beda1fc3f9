// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace atelier {

/// $XDG_CACHE_HOME/atelier, or ~/.cache/atelier (XDG Base Directory Specification 0.8). Not
/// created.
[[nodiscard]] std::filesystem::path cache_dir();

/// Where weights lie: cache_dir()/models. Not created.
[[nodiscard]] std::filesystem::path models_dir();

}  // namespace atelier
