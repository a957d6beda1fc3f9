// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace atelier::provenance {

/// Whether a text has 1..`most` characters of well-formed UTF-8, none of which steers a terminal or
/// turns the direction of writing: no control character (C0, C1), no bidirectional control.
[[nodiscard]] bool is_plain_line(std::string_view text, std::size_t most);

/// What others wrote, to be shown: characters that is_plain_line() refuses become U+FFFD, and what
/// is longer than `most` characters ends with "...".
[[nodiscard]] std::string plain_line(std::string_view text, std::size_t most = 200);

}  // namespace atelier::provenance
