// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace atelier::verse {

/// The code points of one poem, of at most 1 MiB. Throws Error bad_input for more, and for broken
/// UTF-8.
[[nodiscard]] std::u32string poem_from_utf8(std::string_view poem);

}  // namespace atelier::verse
