// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "atelier/base/progress.hpp"
#include "atelier/music/score.hpp"

namespace atelier::music {

/// Sound in memory: left and right, one after the other, in -1..1.
struct Audio {
  int sample_rate = 44'100;  ///< Hz
  std::vector<float> samples;

  [[nodiscard]] double seconds() const noexcept {
    return static_cast<double>(samples.size()) / 2 / sample_rate;
  }
};

/// Longest piece that is played, in seconds. A second takes 350 kB.
inline constexpr double max_audio_seconds = 3600;

struct PlayOptions {
  std::filesystem::path sound_font{};  ///< SF2 or SF3; empty: the one that find_sound_font() finds
  int sample_rate = 44'100;            ///< Hz, 8,000..96,000
};

/// A set of General MIDI instruments: what $ATELIER_SOUND_FONT names, or else the best of those
/// that Debian's packages put into /usr/share/sounds; none when there is none.
[[nodiscard]] std::optional<std::filesystem::path> find_sound_font();

/// Plays a score with FluidSynth, each voice on a channel of its own. Notes ring out after the end,
/// for at most ten seconds; the loudest sample is then brought to -1 dBFS, so that nothing clips.
/// The same score, sound font and FluidSynth give the same samples.
///
/// Throws Error invalid_argument for what check() refuses, no notes, options out of range and
/// pieces longer than max_audio_seconds; missing_capability where there is no sound font (the
/// message says what installs one), it cannot be loaded, or nothing of it sounds; cancelled when
/// `stop` was requested.
[[nodiscard]] Audio play(const Score& score, const PlayOptions& options = {},
                         const OnProgress& on_progress = {}, std::stop_token stop = {});

/// Writes WAV (16 bit), FLAC (16 bit) or OGG (Vorbis, about 190 kbit/s) by suffix, the recipe as
/// its comment. The file appears whole or not at all; the same sound gives the same bytes.
/// Throws Error invalid_argument for another suffix or no samples, missing_capability where this
/// system's FFmpeg lacks the encoder, io when it cannot be written.
void save_audio(const Audio& audio, const std::filesystem::path& path,
                const std::string& recipe = {});

}  // namespace atelier::music
