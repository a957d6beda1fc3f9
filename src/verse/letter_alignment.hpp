// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "atelier/verse/pronunciation.hpp"

namespace atelier::verse {

/// None, one or two phones: the first in the low byte.
using Phones = std::uint16_t;

/// A word of letters alone with what each of them stands for.
struct AlignedWord {
  std::string letters;
  std::vector<Phones> phones;
};

/// Aligns the letters of words with their phones: the best alignment by how often a letter stood
/// for the same phones in the last round's alignments, four rounds. Words that cannot be aligned,
/// with more than two phones a letter, are left out.
[[nodiscard]] std::vector<AlignedWord> align(
    const std::vector<std::pair<std::string, Pronunciation>>& dictionary);

}  // namespace atelier::verse
