// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "atelier/verse/poems.hpp"

namespace atelier::verse {

/// Learns from poems alone how their characters sounded: which were level and which oblique, and
/// which rhymed. Nothing else is known but the rules of regulated verse.
///
/// Tones: each line is one of the four kinds of regulated.hpp, the poem a chain of couplets whose
/// kinds follow one another; expectation-maximisation finds each character's share of level
/// readings together with the kinds of all lines. It begins with where characters end lines: even
/// lines rhyme on level tones, odd ones but the first end on oblique ones. A poem that no chain
/// fits (ancient verse) counts little.
///
/// Rhymes: characters are joined when they rhyme in one poem; communities of that graph are the
/// rhyme groups.
/// Source: Blondel, Guillaume, Lambiotte, Lefebvre, "Fast unfolding of communities in large
/// networks", 2008, with the resolution of Reichardt and Bornholdt, 2006. Differs: nodes are
/// visited from the best joined to the least, not by chance, so that the answer is always the same;
/// a character whose rhymes lie in two groups to at least a quarter each belongs to both.
///
/// The result is a table for ChineseSounds: "level", "oblique", "either" (characters, most common
/// first) and "rhymes" (a text a group).
///
/// Needs some thousands of poems of lines of five or seven characters; others are passed over.
/// Throws Error invalid_argument when there is none.
[[nodiscard]] nlohmann::ordered_json learn_sounds(const std::vector<Poem>& poems);

}  // namespace atelier::verse
