// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace atelier::verse {

/// Poems as their lines.
using VerseLines = std::vector<std::u32string>;

/// The rhyme groups of poems whose even lines rhyme, as learn_sounds.hpp says: characters, most
/// common first, the largest group first. Groups of fewer than 8 occurrences are left out.
[[nodiscard]] std::vector<std::u32string> rhyme_groups(const std::vector<VerseLines>& poems);

}  // namespace atelier::verse
