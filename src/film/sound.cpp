// SPDX-License-Identifier: Apache-2.0
#include "film/sound.hpp"

#include <cmath>
#include <new>

#include "atelier/base/error.hpp"
#include "film/container.hpp"
#include "film/muxer.hpp"
#include "film/sound_encoder.hpp"

namespace atelier::film {
namespace {

/// Packets as they are.
class CopiedSound : public Sound {
 public:
  CopiedSound(std::unique_ptr<SoundPackets> packets, AVFormatContext& out, std::string name)
      : packets_(std::move(packets)), out_(out), name_(std::move(name)) {
    stream_ = avformat_new_stream(&out, nullptr);
    if (!stream_ || avcodec_parameters_copy(stream_->codecpar, packets_->stream().codecpar) < 0) {
      throw std::bad_alloc();
    }
    stream_->codecpar->codec_tag = 0;  // containers name codecs differently
    stream_->time_base = packets_->stream().time_base;
  }

  void write_until(double seconds) override {
    const AVRational tick = packets_->stream().time_base;
    for (;;) {
      if (!packet_) packet_ = packets_->next();
      if (!packet_) return;
      const double begins = static_cast<double>(time_of(*packet_)) * av_q2d(tick);
      if (begins >= seconds) return;
      if (time_of(*packet_) >= 0) write(tick);
      packet_ = nullptr;
    }
  }

  void finish(double end) override { write_until(end); }

 private:
  [[nodiscard]] static std::int64_t time_of(const AVPacket& packet) {
    return packet.pts != AV_NOPTS_VALUE   ? packet.pts
           : packet.dts != AV_NOPTS_VALUE ? packet.dts
                                          : 0;
  }

  void write(AVRational tick) {
    packet_->stream_index = stream_->index;
    packet_->pos = -1;
    av_packet_rescale_ts(packet_, tick, stream_->time_base);
    if (const int code = av_interleaved_write_frame(&out_, packet_); code < 0)
      fail_writing(name_, code);
  }

  std::unique_ptr<SoundPackets> packets_;
  AVFormatContext& out_;
  std::string name_;
  AVStream* stream_;
  AVPacket* packet_ = nullptr;
};

/// Whether a container takes packets of this codec as they are.
bool takes(const AVOutputFormat& format, const AVCodecParameters& codec) {
  if (codec.codec_id == AV_CODEC_ID_NONE) return false;
  return avformat_query_codec(&format, codec.codec_id, FF_COMPLIANCE_NORMAL) == 1;
}

}  // namespace

SoundPackets::SoundPackets(const std::filesystem::path& from, double start)
    : demuxer_((static_cast<void>(open_film(from)), from)), stream_(demuxer_.sound()) {
  if (!stream_) return;
  demuxer_.choose(*stream_);
  const std::int64_t begins = demuxer_.format().start_time;
  origin_ =
      av_rescale_q(begins == AV_NOPTS_VALUE ? 0 : begins, {1, AV_TIME_BASE}, stream_->time_base) +
      std::llround(start / av_q2d(stream_->time_base));
}

AVPacket* SoundPackets::next() {
  for (int refused = 0; refused < 1000;) {
    av_packet_unref(packet_.get());
    const int code = demuxer_.read(*packet_);
    if (code == AVERROR_EOF) return nullptr;
    if (code < 0) {
      ++refused;
      continue;
    }
    if (packet_->stream_index != stream_->index || (packet_->flags & AV_PKT_FLAG_DISCARD)) continue;
    if (packet_->pts != AV_NOPTS_VALUE) packet_->pts -= origin_;
    if (packet_->dts != AV_NOPTS_VALUE) packet_->dts -= origin_;
    return packet_.get();
  }
  return nullptr;
}

std::unique_ptr<Sound> Sound::open(const std::filesystem::path& from, double start,
                                   AVFormatContext& out, const std::string& name,
                                   std::vector<std::string>& notes) {
  auto packets = std::make_unique<SoundPackets>(from, start);
  if (!packets->has_sound()) return nullptr;
  if (takes(*out.oformat, *packets->stream().codecpar)) {
    return std::make_unique<CopiedSound>(std::move(packets), out, name);
  }
  return encode_sound(std::move(packets), out, name, notes);
}

}  // namespace atelier::film
