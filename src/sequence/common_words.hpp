// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::sequence {

/// English words that stand in these texts at least `least` times, in lower case, sorted: runs of
/// ASCII letters with apostrophes (' or U+2019, told as ') between letters.
[[nodiscard]] std::vector<std::string> common_words(const std::vector<std::string_view>& texts,
                                                    int least);

}  // namespace atelier::sequence
