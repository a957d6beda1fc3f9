// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace atelier::tensor {

/// The instruction set that kernels run on here: "AVX-512", "AVX2", "SSE4", "NEON" or "plain".
[[nodiscard]] std::string instruction_set();

/// Leaves newer instruction sets unused, for comparisons: `name` as instruction_set() says it, in
/// any case, or empty for none. Before the first kernel runs. Throws Error invalid_argument for
/// another name.
void limit_instruction_set(std::string_view name);

}  // namespace atelier::tensor
