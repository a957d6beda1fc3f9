// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

#include "film/ffmpeg.hpp"

namespace atelier::film {

/// A film's container, open for reading its packets. Only formats that hold their data themselves
/// are opened: no playlists, no lists of files, no devices, no addresses.
class Demuxer {
 public:
  /// Throws Error bad_input.
  explicit Demuxer(const std::filesystem::path& path);
  ~Demuxer() { avformat_close_input(&format_); }
  Demuxer(const Demuxer&) = delete;
  Demuxer& operator=(const Demuxer&) = delete;

  [[nodiscard]] AVFormatContext& format() const { return *format_; }
  /// The stream with the pictures: the best one that is no cover. Null when there is none.
  [[nodiscard]] AVStream* pictures() const;
  [[nodiscard]] AVStream* sound() const;
  /// Packets of this stream alone will be read.
  void choose(const AVStream& stream);
  /// 0, or FFmpeg's error code; AVERROR_EOF at the end.
  [[nodiscard]] int read(AVPacket& packet) { return av_read_frame(format_, &packet); }

 private:
  AVFormatContext* format_ = nullptr;
};

/// Whether FFmpeg takes the file for one of these formats, by its content and with some certainty.
[[nodiscard]] bool is_known_to_ffmpeg(const std::filesystem::path& path);

}  // namespace atelier::film
