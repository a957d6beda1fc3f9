// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "verse/rhyme_groups.hpp"

namespace atelier::verse {

struct ToneShare {
  double level = 0.5;   ///< share of level readings, 0..1
  double evidence = 0;  ///< in how many places that a pattern decides
  int occurrences = 0;
};

/// The share of level readings of each character, by expectation-maximisation over the chains of
/// couplets that regulated verse allows, as learn_sounds.hpp says. Lines are all of 5 or all of 7
/// characters within a poem, an even number of them.
[[nodiscard]] std::map<char32_t, ToneShare> tone_shares(const std::vector<VerseLines>& poems);

}  // namespace atelier::verse
