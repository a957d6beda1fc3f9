// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// The line over a story's chapter: "IV" or, where characters are Chinese, "其四". `number`: 1..99.
[[nodiscard]] std::string chapter_line(int number, const Tokenizer& tokenizer);

/// Whether a text may end here: behind a full stop or its like, with what was quoted closed.
[[nodiscard]] bool ends_sentence(std::string_view text);

}  // namespace atelier::sequence
