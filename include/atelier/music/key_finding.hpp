// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/music/score.hpp"

namespace atelier::music {

struct FoundKey {
  Key key;                 ///< major or minor
  double correlation = 0;  ///< with that key's profile, -1..1
  double lead = 0;         ///< over the next best key's
};

/// The key that a piece's pitches tell.
///
/// Source: Krumhansl and Kessler, "Tracing the dynamic changes in perceived tonal organization in a
/// spatial representation of musical keys", Psychological Review 1982; the rule is that of
/// Krumhansl and Schmuckler (Krumhansl, "Cognitive foundations of musical pitch", 1990, ch. 4): the
/// profile, of 24, that correlates best with how long each pitch class sounds. Drums do not count.
///
/// Throws Error invalid_argument for a score without notes. Where all keys are equal, C major.
[[nodiscard]] FoundKey find_key(const Score& score);

/// The key of the last eight quarters, in which a cadence is judged: that of the whole is often its
/// dominant, since melodies dwell there. Throws as find_key().
[[nodiscard]] Key last_key(const Score& score);

}  // namespace atelier::music
