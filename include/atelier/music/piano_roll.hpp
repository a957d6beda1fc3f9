// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "atelier/image/image.hpp"
#include "atelier/music/score.hpp"

namespace atelier::music {

struct PianoRollOptions {
  int width = 1600;  ///< px, 400..30,000; bars that do not fit go into the next row
  int quarter = 40;  ///< px that a quarter note is long, 4..400
  int semitone = 8;  ///< px from pitch to pitch, 3..40
};

/// Draws pitches upwards over time from left to right: each voice in a colour of its own, with its
/// name below; darker notes were struck harder. Lines mark bars, numbered, and quarters; each C is
/// lined and named; the rows of black keys are shaded.
///
/// Throws Error invalid_argument for what check() refuses, no notes, options out of range, and a
/// picture that would be higher than 30,000 px; missing_capability where the image library draws no
/// text.
[[nodiscard]] image::Image piano_roll(const Score& score, const PianoRollOptions& options = {});

}  // namespace atelier::music
