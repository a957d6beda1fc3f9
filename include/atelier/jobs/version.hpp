// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace atelier::jobs {

/// "0.1.0": the version of CMakeLists.txt, written into every recipe.
[[nodiscard]] std::string_view version() noexcept;

}  // namespace atelier::jobs
