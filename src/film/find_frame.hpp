// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "film/ffmpeg.hpp"

namespace atelier::film {

/// Whether each packet of this stream is one frame and key frames are marked, so that frames can be
/// counted without decoding.
[[nodiscard]] bool is_one_to_one(const AVStream& stream);

/// Times of frames in the stream's own ticks.
struct FrameTimes {
  std::int64_t first = 0;
  std::optional<std::int64_t> wanted;  ///< nothing when there are fewer frames
};

/// The time of frame `index` in the order of showing: the smallest times first. Packets stand at
/// most 64 out of order (H.264 and H.265 allow 16), so that memory does not grow. Nothing when
/// times are missing or doubled.
[[nodiscard]] std::optional<FrameTimes> find_frame(const std::filesystem::path& path,
                                                   std::int64_t index);

}  // namespace atelier::film
