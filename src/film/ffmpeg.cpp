// SPDX-License-Identifier: Apache-2.0
#include "film/ffmpeg.hpp"

extern "C" {
#include <libavutil/error.h>
#include <libavutil/log.h>
}

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <new>
#include <string_view>

#include "atelier/base/error.hpp"

namespace atelier::film {
namespace {

std::mutex lines_mutex;
std::string last_line;

/// Decoders patch what they cannot read and only say so in a line. Each context's `opaque` is its
/// reader's counter.
void count_concealment(void* context, const std::string& line) {
  const AVClass* kind = context ? *static_cast<const AVClass**>(context) : nullptr;
  if (!kind || std::string_view(kind->class_name) != "AVCodecContext") return;
  auto* counter = static_cast<std::atomic<int>*>(static_cast<AVCodecContext*>(context)->opaque);
  if (!counter) return;
  for (const char* words : {"concealing", "CRC mismatch", "error while decoding"}) {
    if (line.find(words) != std::string::npos) ++*counter;
  }
}

void take_line(void* context, int level, const char* format, va_list values) {
  if (level > AV_LOG_ERROR) return;
  std::array<char, 512> line{};
  int prefix = 0;
  va_list copy;
  va_copy(copy, values);
  av_log_format_line2(context, level, format, copy, line.data(), line.size(), &prefix);
  va_end(copy);
  std::string text(line.data());
  // "[mov,mp4 @ 0x55d0c8] moov atom not found": addresses say nothing to people.
  if (const auto end = text.find("] "); text.starts_with('[') && end != std::string::npos) {
    text.erase(0, end + 2);
  }
  while (!text.empty() && (text.back() == '\n' || text.back() == '.')) text.pop_back();
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, ' ');
  if (text.empty()) return;
  count_concealment(context, text);
  const std::lock_guard lock(lines_mutex);
  last_line = text;
}

}  // namespace

FramePtr new_frame() {
  FramePtr frame(av_frame_alloc());
  if (!frame) throw std::bad_alloc();
  return frame;
}

PacketPtr new_packet() {
  PacketPtr packet(av_packet_alloc());
  if (!packet) throw std::bad_alloc();
  return packet;
}

CodecPtr new_codec(const AVCodec* codec) {
  CodecPtr context(avcodec_alloc_context3(codec));
  if (!context) throw std::bad_alloc();
  return context;
}

void quiet_ffmpeg() {
  static std::once_flag once;
  std::call_once(once, [] {
    av_log_set_callback(take_line);
    ::setenv("SVT_LOG", "0", 0);  // SVT-AV1 has no other way to be quiet
  });
}

void forget_reasons() {
  const std::lock_guard lock(lines_mutex);
  last_line.clear();
}

std::string reason(int code) {
  {
    const std::lock_guard lock(lines_mutex);
    if (!last_line.empty()) return last_line;
  }
  std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
  av_strerror(code, text.data(), text.size());
  return text.data();
}

void fail_writing(const std::string& name, int code) {
  if (code == AVERROR(ENOMEM)) throw std::bad_alloc();
  const int number = AVUNERROR(code);
  const bool full = number == ENOSPC || number == EDQUOT;
  const std::string why =
      number > 0 && number < 200 && number != EINVAL ? std::strerror(number) : reason(code);
  fail(ErrorKind::io, "{} cannot be written ({}); {}.", name, why,
       full ? "free some space or choose another disk"
            : "check the folder and its permissions, or choose another codec");
}

std::string file_url(const std::filesystem::path& path) {
  return "file:" + path.string();
}

}  // namespace atelier::film
