// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace atelier::cli {

/// The word among `known` that `word` was probably meant to be, or empty: fewest insertions,
/// deletions, replacements and swaps of neighbours (Damerau and Levenshtein's distance), at most a
/// third of its length.
[[nodiscard]] std::string suggest(std::string_view word, const std::vector<std::string>& known);

}  // namespace atelier::cli
