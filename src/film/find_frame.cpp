// SPDX-License-Identifier: Apache-2.0
#include "film/find_frame.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <vector>

#include "film/demuxer.hpp"

namespace atelier::film {

bool is_one_to_one(const AVStream& stream) {
  switch (stream.codecpar->codec_id) {
    case AV_CODEC_ID_H264:
    case AV_CODEC_ID_HEVC:
    case AV_CODEC_ID_VP9:
    case AV_CODEC_ID_AV1:
    case AV_CODEC_ID_FFV1:
    case AV_CODEC_ID_MJPEG:
    case AV_CODEC_ID_PRORES:
    case AV_CODEC_ID_DNXHD:
    case AV_CODEC_ID_RAWVIDEO:
    case AV_CODEC_ID_HUFFYUV:
    case AV_CODEC_ID_FFVHUFF:
    case AV_CODEC_ID_UTVIDEO:
      return true;
    default:
      return false;
  }
}

std::optional<FrameTimes> find_frame(const std::filesystem::path& path, std::int64_t index) {
  constexpr std::size_t window = 64;
  Demuxer demuxer(path);
  const AVStream* stream = demuxer.pictures();
  if (!stream) return std::nullopt;
  demuxer.choose(*stream);
  const PacketPtr packet = new_packet();
  std::priority_queue<std::int64_t, std::vector<std::int64_t>, std::greater<>> ahead;
  FrameTimes times;
  std::int64_t count = 0, last = 0;
  bool certain = true;
  const auto take = [&] {
    const std::int64_t time = ahead.top();
    ahead.pop();
    if (count == 0) times.first = time;
    certain = certain && (count == 0 || time > last);
    if (count == index) times.wanted = time;
    last = time;
    ++count;
  };
  while (certain && !times.wanted && demuxer.read(*packet) >= 0) {
    if (packet->stream_index == stream->index && !(packet->flags & AV_PKT_FLAG_DISCARD)) {
      certain = packet->pts != AV_NOPTS_VALUE;
      ahead.push(packet->pts);
      if (certain && ahead.size() > window) take();
    }
    av_packet_unref(packet.get());
  }
  while (certain && !times.wanted && !ahead.empty()) take();
  if (!certain) return std::nullopt;
  return times;
}

}  // namespace atelier::film
