// SPDX-License-Identifier: Apache-2.0
#pragma once

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
}

#include <filesystem>
#include <memory>
#include <string>

#include "atelier/film/time.hpp"

namespace atelier::film {

/// Owners of FFmpeg's objects.
struct Free {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
};
using FramePtr = std::unique_ptr<AVFrame, Free>;
using PacketPtr = std::unique_ptr<AVPacket, Free>;
using CodecPtr = std::unique_ptr<AVCodecContext, Free>;

/// Throw std::bad_alloc when there is no memory for it.
[[nodiscard]] FramePtr new_frame();
[[nodiscard]] PacketPtr new_packet();
[[nodiscard]] CodecPtr new_codec(const AVCodec* codec);

/// FFmpeg's options by name, for one call; av_dict_get() and others take get().
class Options {
 public:
  Options() = default;
  ~Options() { av_dict_free(&dictionary_); }
  Options(const Options&) = delete;
  Options& operator=(const Options&) = delete;
  void set(const char* name, const std::string& value) {
    av_dict_set(&dictionary_, name, value.c_str(), 0);
  }
  [[nodiscard]] AVDictionary** get() { return &dictionary_; }

 private:
  AVDictionary* dictionary_ = nullptr;
};

/// Adds one to the std::atomic<int> that a decoder's `opaque` points to, if it does, for each line
/// in which it says that it patched what it could not read. Keeps FFmpeg, and encoders it brings,
/// from writing to the terminal; once a process, from any thread.
void quiet_ffmpeg();

/// Forgets the error lines that FFmpeg logged so far.
void forget_reasons();

/// The last error line that FFmpeg logged, or what its error code means. Threads share these lines,
/// so it may be another thread's: for messages only.
[[nodiscard]] std::string reason(int code);

/// Throws Error io: `name` cannot be written, for FFmpeg's reason.
[[noreturn]] void fail_writing(const std::string& name, int code);

/// FFmpeg's name of a local file, which cannot be taken for another protocol.
[[nodiscard]] std::string file_url(const std::filesystem::path& path);

[[nodiscard]] inline AVRational to_av(Rational r) {
  return {r.num, r.den};
}
[[nodiscard]] inline Rational from_av(AVRational r) {
  return {r.num, r.den};
}

}  // namespace atelier::film
