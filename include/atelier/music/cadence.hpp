// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "atelier/music/chorale.hpp"

namespace atelier::music {

/// A chord's root and third.
struct Triad {
  int root = 0;  ///< pitch class
  enum class Kind { major, minor, diminished } kind = Kind::major;
  friend bool operator==(const Triad&, const Triad&) = default;
};

/// The triad that fits the sounding pitches best: most of its tones, fewest others, its root in the
/// bass; a seventh above its root does not count against it. None for fewer than two pitch classes.
[[nodiscard]] std::optional<Triad> triad_of(const ChoraleStep& step);

enum class Cadence {
  none,
  authentic,  ///< dominant or leading-tone chord to tonic
  plagal,     ///< subdominant to tonic
  half,       ///< ends on the dominant
  deceptive,  ///< dominant to submediant
};

/// How a piece ends in a key: by its last chord of at least three voices and the last chord before
/// it, on a whole or half quarter, that has another root. A major tonic that ends a piece in minor
/// counts as the tonic.
[[nodiscard]] Cadence final_cadence(const Chorale& chorale, Key key);

[[nodiscard]] std::string_view name_of(Cadence cadence) noexcept;

}  // namespace atelier::music
