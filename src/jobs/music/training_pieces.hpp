// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "atelier/sequence/train.hpp"
#include "jobs/music/kinds.hpp"

namespace atelier::jobs {

/// Reads the music that a model of a kind learns from:
///   chorales: the JSON of read_chorales(): "train" is learned, "valid" held out; others, "test"
///             among them, are left alone;
///   folk:     every tune of an ABC file, or of a folder's;
///   piano:    a MIDI file, or a folder's.
/// Folk and piano pieces are held out by the digest of their tokens (sequence::lot_of), a share of
/// `held_out`. Trained pieces of kinds whose key is not normalised are learned in other keys, too:
/// chorales as far as all voices stay within the ranges that they have in the trained set, piano as
/// far as the keys reach, in both by `transpose` semitones at most; held-out ones as they are.
/// What cannot be read or has no tokens is told to `on_warning` and left out.
///
/// Throws Error bad_input when there is no such music, or none in one of the two parts.
[[nodiscard]] sequence::EventPieces training_pieces(
    const MusicKind& kind, const std::filesystem::path& music, double held_out, int transpose,
    const std::function<void(const std::string&)>& on_warning = {});

}  // namespace atelier::jobs
