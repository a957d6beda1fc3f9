// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::studio {

/// As queue.cpp says. The program's exit code.
[[nodiscard]] int queue_bench(const std::string& folder, int jobs, int workers, int kills);

}  // namespace atelier::studio
