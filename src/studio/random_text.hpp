// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace atelier::studio {

/// `bytes` random bytes, at most 64, as lower-case hexadecimal digits, from the system's generator.
[[nodiscard]] std::string random_text(int bytes);

}  // namespace atelier::studio
