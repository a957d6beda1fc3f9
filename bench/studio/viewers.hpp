// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::studio {

/// As viewers.cpp says. The program's exit code.
[[nodiscard]] int viewers_bench(const std::string& folder, int viewers, int seconds);

}  // namespace atelier::studio
