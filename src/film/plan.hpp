// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "atelier/film/writer.hpp"
#include "film/ffmpeg.hpp"

namespace atelier::film {

/// Everything that is decided about an output before its first frame.
struct Plan {
  std::string suffix;   ///< in lower case, with its dot
  std::string muxer;    ///< FFmpeg's name of the container
  std::string encoder;  ///< FFmpeg's name of the encoder
  AVPixelFormat format = AV_PIX_FMT_NONE;
  image::Size coded;     ///< what the encoder sees: an odd edge may have grown by a pixel
  Rational rate, tick;   ///< the tick of the encoder: times are rounded to it
  int key_interval = 0;  ///< frames between key frames at most
  unsigned codec_tag = 0;
  std::vector<std::pair<std::string, std::string>> encoder_options, muxer_options;
  bool keeps_sound = false;
  std::string comment;  ///< metadata that the container keeps itself
};

/// Throws as FilmWriter, for all that can be known without frames.
[[nodiscard]] Plan plan_film(const std::filesystem::path& path, const WriteOptions& options);

/// FFV1 in NUT, for frames that are needed once more.
[[nodiscard]] Plan plan_chunk(const WriteOptions& options);

}  // namespace atelier::film
