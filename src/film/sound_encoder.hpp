// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "film/sound.hpp"

namespace atelier::film {

/// Decodes sound and encodes it anew: AAC at 192 kbit/s, in WebM Opus (or Vorbis) at 160, mono or
/// stereo. Gaps become silence, so that sound stays in step. Null, with a note, when a codec is
/// missing.
[[nodiscard]] std::unique_ptr<Sound> encode_sound(std::unique_ptr<SoundPackets> packets,
                                                  AVFormatContext& out, const std::string& name,
                                                  std::vector<std::string>& notes);

}  // namespace atelier::film
