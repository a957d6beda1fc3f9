// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "film/demuxer.hpp"

namespace atelier::film {

/// Takes the sound of one film over into another, in step with its frames. Seconds are those of the
/// new film.
class Sound {
 public:
  /// Adds a stream to `out`, whose head must not be written yet. Packets are copied where `out`
  /// holds the codec, otherwise decoded and encoded anew, with a note. Null, with a note, when
  /// `from` has no sound or none that can be taken. Throws Error bad_input when `from` cannot be
  /// read. `name` is what messages call `out`.
  static std::unique_ptr<Sound> open(const std::filesystem::path& from, double start,
                                     AVFormatContext& out, const std::string& name,
                                     std::vector<std::string>& notes);
  Sound() = default;
  virtual ~Sound() = default;
  Sound(const Sound&) = delete;
  Sound& operator=(const Sound&) = delete;

  /// Writes what begins before this time.
  virtual void write_until(double seconds) = 0;
  /// Writes the rest up to this time, after which no sound is.
  virtual void finish(double end) = 0;
};

/// Packets of a film's sound, with times relative to the new film's beginning.
class SoundPackets {
 public:
  SoundPackets(const std::filesystem::path& from, double start);

  [[nodiscard]] bool has_sound() const { return stream_ != nullptr; }
  [[nodiscard]] const AVStream& stream() const { return *stream_; }
  /// The next packet, in the stream's ticks; null at the end. Stays until the next call.
  AVPacket* next();

 private:
  Demuxer demuxer_;
  AVStream* stream_;
  std::int64_t origin_ = 0;
  PacketPtr packet_ = new_packet();
};

}  // namespace atelier::film
