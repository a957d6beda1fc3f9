// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "atelier/film/time.hpp"
#include "film/plan.hpp"
#include "film/sound.hpp"

namespace atelier::film {

/// Encodes frames of a plan into a file. `name` is what messages call it.
class Muxer {
 public:
  Muxer(const Plan& plan, const std::filesystem::path& file, std::string name);
  ~Muxer();
  Muxer(const Muxer&) = delete;
  Muxer& operator=(const Muxer&) = delete;

  /// Before the first frame. Throws as FilmWriter.
  void add_sound(const std::filesystem::path& from, double start, std::vector<std::string>& notes);

  /// A frame of the plan's format and coded size, to be filled and given to encode().
  [[nodiscard]] AVFrame& blank();
  /// `time` in ticks of the plan.
  void encode(FrameTime time);
  /// Brings out what the encoder holds, ends the sound at `end` (ticks) and closes the file.
  void finish(std::int64_t end);

 private:
  void open_encoder();
  void begin();
  void drain(const AVFrame* frame);
  void write(AVPacket& packet);
  void check_written(int code);

  Plan plan_;
  std::string name_;
  AVFormatContext* format_ = nullptr;
  AVStream* stream_ = nullptr;
  CodecPtr codec_;
  FramePtr frame_ = new_frame();
  PacketPtr packet_ = new_packet(),
            held_ = new_packet();  ///< the last packet waits for the film's end
  std::unique_ptr<Sound> sound_;
  std::map<std::int64_t, std::int64_t> durations_;    ///< of frames within the encoder, by start
  std::int64_t first_time_ = 0, first_decoding_ = 0;  ///< in the encoder's ticks
  bool begun_ = false, any_packet_ = false;
};

}  // namespace atelier::film
