// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>

#include "atelier/music/chorale.hpp"
#include "atelier/music/score.hpp"
#include "atelier/music/voice_leading.hpp"

namespace atelier::music {

/// What can be said of any piece: seconds, bars, notes, voices, key and how sure it is, lowest and
/// highest pitch, notes a second, how many sound at once on average while any does, and hanging
/// notes, which a score has none of: they come from its reader.
[[nodiscard]] nlohmann::json report(const Score& score, std::int64_t hanging_notes = 0);

/// Figures of voice leading: parallels a hundred chords, shares of crossed and dissonant chords,
/// and of notes out of range, by voice.
[[nodiscard]] nlohmann::json report(const VoiceLeading& count);

/// The figures of several chorales together, with how many end in which cadence of the key that
/// their last eight quarters tell.
/// Pieces without a note are not counted.
[[nodiscard]] nlohmann::json report(std::span<const Chorale> pieces);

}  // namespace atelier::music
