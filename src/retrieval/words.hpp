// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace atelier::retrieval {

/// A query of SQLite's FTS5 for all words of a text, or their beginnings; none of its own signs has
/// a meaning. Empty where there are no words.
[[nodiscard]] std::string all_words(std::string_view text);

/// Whether a vector is finite and not zero.
[[nodiscard]] bool has_direction(std::span<const float> vector);

}  // namespace atelier::retrieval
