// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::tensor {

/// The instruction set that kernels run on here: "AVX-512", "AVX2", "SSE4", "NEON" or "plain".
[[nodiscard]] std::string instruction_set();

}  // namespace atelier::tensor
