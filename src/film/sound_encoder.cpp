// SPDX-License-Identifier: Apache-2.0
#include "film/sound_encoder.hpp"

extern "C" {
#include <libavutil/audio_fifo.h>
#include <libavutil/channel_layout.h>
#include <libavutil/samplefmt.h>
#include <libswresample/swresample.h>
}

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <new>

#include "atelier/base/error.hpp"
#include "film/muxer.hpp"

namespace atelier::film {
namespace {

struct FreeSound {
  void operator()(SwrContext* context) const { swr_free(&context); }
  void operator()(AVAudioFifo* fifo) const { av_audio_fifo_free(fifo); }
};

const AVCodec* encoder_for(const AVOutputFormat& format) {
  if (std::strcmp(format.name, "webm") != 0) return avcodec_find_encoder(AV_CODEC_ID_AAC);
  const AVCodec* opus = avcodec_find_encoder_by_name("libopus");
  return opus ? opus : avcodec_find_encoder_by_name("libvorbis");
}

int rate_for(const AVCodec& encoder, int rate) {
  if (encoder.id == AV_CODEC_ID_OPUS) return 48000;
  for (const int* known = encoder.supported_samplerates; known && *known; ++known) {
    if (*known == rate) return rate;
  }
  return encoder.supported_samplerates || rate < 8000 || rate > 48000 ? 48000 : rate;
}

class EncodedSound : public Sound {
 public:
  EncodedSound(std::unique_ptr<SoundPackets> packets, const AVCodec& decoder,
               const AVCodec& encoder, AVFormatContext& out, std::string name)
      : packets_(std::move(packets)), out_(out), name_(std::move(name)) {
    const AVCodecParameters& from = *packets_->stream().codecpar;
    decoder_ = new_codec(&decoder);
    if (avcodec_parameters_to_context(decoder_.get(), &from) < 0) throw std::bad_alloc();
    decoder_->pkt_timebase = packets_->stream().time_base;
    decoder_->thread_count = 1;
    open(avcodec_open2(decoder_.get(), &decoder, nullptr));
    encoder_ = new_codec(&encoder);
    channels_ = decoder_->ch_layout.nb_channels == 1 ? 1 : 2;
    av_channel_layout_default(&encoder_->ch_layout, channels_);
    encoder_->sample_rate = rate_for(encoder, from.sample_rate);
    encoder_->sample_fmt = encoder.sample_fmts ? encoder.sample_fmts[0] : AV_SAMPLE_FMT_FLTP;
    encoder_->bit_rate = encoder.id == AV_CODEC_ID_AAC ? 192000 : 160000;
    encoder_->time_base = {1, encoder_->sample_rate};
    encoder_->thread_count = 1;
    encoder_->flags |= AV_CODEC_FLAG_BITEXACT;
    if (out.oformat->flags & AVFMT_GLOBALHEADER) encoder_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    open(avcodec_open2(encoder_.get(), &encoder, nullptr));
    stream_ = avformat_new_stream(&out, nullptr);
    if (!stream_ || avcodec_parameters_from_context(stream_->codecpar, encoder_.get()) < 0)
      throw std::bad_alloc();
    stream_->time_base = encoder_->time_base;
    fifo_.reset(av_audio_fifo_alloc(encoder_->sample_fmt, channels_, encoder_->sample_rate));
    if (!fifo_) throw std::bad_alloc();
  }

  void write_until(double seconds) override {
    while (!ended_ && written_seconds() < seconds) decode();
  }

  void finish(double end) override {
    last_sample_ = std::llround(end * encoder_->sample_rate);
    while (!ended_ && queued() < last_sample_) decode();
    encode_queued(true);
    encode(nullptr);
  }

 private:
  void open(int code) const {
    if (code < 0) {
      fail(ErrorKind::missing_capability,
           "the sound of {} cannot be encoded anew ({}); choose .mkv, which takes it as it is.",
           name_, reason(code));
    }
  }

  [[nodiscard]] double written_seconds() const {
    return static_cast<double>(queued()) / encoder_->sample_rate;
  }
  /// Samples of the new film's beginning until the end of the queue.
  [[nodiscard]] std::int64_t queued() const { return encoded_ + av_audio_fifo_size(fifo_.get()); }

  /// One packet more.
  void decode() {
    const AVPacket* packet = packets_->next();
    const int sent = avcodec_send_packet(decoder_.get(), packet);
    ended_ = packet == nullptr;
    if (sent == AVERROR(ENOMEM)) throw std::bad_alloc();
    while (avcodec_receive_frame(decoder_.get(), decoded_.get()) == 0) resample();
    encode_queued(false);
  }

  void resample() {
    if (!resampler_) {
      SwrContext* made = nullptr;
      AVChannelLayout from{};
      if (decoded_->ch_layout.order == AV_CHANNEL_ORDER_UNSPEC) {
        av_channel_layout_default(&from, decoded_->ch_layout.nb_channels);
      } else {
        av_channel_layout_copy(&from, &decoded_->ch_layout);
      }
      const int code = swr_alloc_set_opts2(
          &made, &encoder_->ch_layout, encoder_->sample_fmt, encoder_->sample_rate, &from,
          static_cast<AVSampleFormat>(decoded_->format), decoded_->sample_rate, 0, nullptr);
      av_channel_layout_uninit(&from);
      resampler_.reset(made);
      open(code);
      open(swr_init(made));
    }
    if (decoded_->best_effort_timestamp != AV_NOPTS_VALUE) {
      fill_gap(av_rescale_q(decoded_->best_effort_timestamp, packets_->stream().time_base,
                            encoder_->time_base));
    }
    const int room = swr_get_out_samples(resampler_.get(), decoded_->nb_samples);
    FramePtr frame = blank(std::max(room, 1));
    const int got = swr_convert(resampler_.get(), frame->extended_data, room,
                                const_cast<const std::uint8_t**>(decoded_->extended_data),
                                decoded_->nb_samples);
    av_frame_unref(decoded_.get());
    if (got > 0) queue(*frame, got);
  }

  /// Sound before the film's beginning is skipped; where some is missing, silence comes in its
  /// place.
  void fill_gap(std::int64_t begins) {
    const std::int64_t expected = queued() - skip_;
    const std::int64_t missing = begins - expected;
    if (first_) {
      skip_ = std::max<std::int64_t>(0, -begins);
      first_ = false;
    }
    if (missing <= encoder_->sample_rate / 20) return;
    for (std::int64_t left =
             std::min<std::int64_t>(missing, encoder_->sample_rate * std::int64_t{3600});
         left > 0;) {
      const int part = static_cast<int>(std::min<std::int64_t>(left, encoder_->sample_rate));
      FramePtr frame = blank(part);
      av_samples_set_silence(frame->extended_data, 0, part, channels_, encoder_->sample_fmt);
      queue(*frame, part);
      encode_queued(false);
      left -= part;
    }
  }

  void queue(const AVFrame& frame, int samples) {
    const int dropped = static_cast<int>(std::min<std::int64_t>(skip_, samples));
    skip_ -= dropped;
    if (dropped == samples) return;
    const bool planar = av_sample_fmt_is_planar(encoder_->sample_fmt) != 0;
    const int step = av_get_bytes_per_sample(encoder_->sample_fmt) * (planar ? 1 : channels_);
    std::vector<void*> planes;
    for (int p = 0; p < (planar ? channels_ : 1); ++p)
      planes.push_back(frame.extended_data[p] + dropped * step);
    if (av_audio_fifo_write(fifo_.get(), planes.data(), samples - dropped) < 0)
      throw std::bad_alloc();
  }

  [[nodiscard]] FramePtr blank(int samples) const {
    FramePtr frame = new_frame();
    frame->format = encoder_->sample_fmt;
    frame->sample_rate = encoder_->sample_rate;
    frame->nb_samples = samples;
    if (av_channel_layout_copy(&frame->ch_layout, &encoder_->ch_layout) < 0 ||
        av_frame_get_buffer(frame.get(), 0) < 0) {
      throw std::bad_alloc();
    }
    return frame;
  }

  /// Whole frames of the encoder; at the end also the rest, up to the film's end.
  void encode_queued(bool all) {
    const int whole = encoder_->frame_size > 0 ? encoder_->frame_size : 1024;
    for (;;) {
      std::int64_t samples = std::min(av_audio_fifo_size(fifo_.get()), whole);
      if (all) samples = std::min(samples, last_sample_ - encoded_);
      if (samples <= 0 || (!all && samples < whole)) return;
      FramePtr frame = blank(static_cast<int>(samples));
      if (av_audio_fifo_read(fifo_.get(), reinterpret_cast<void**>(frame->extended_data),
                             static_cast<int>(samples)) < 0)
        return;
      frame->pts = encoded_;
      encoded_ += samples;
      encode(frame.get());
    }
  }

  void encode(const AVFrame* frame) {
    if (const int code = avcodec_send_frame(encoder_.get(), frame); code < 0)
      fail_writing(name_, code);
    for (;;) {
      const int code = avcodec_receive_packet(encoder_.get(), packet_.get());
      if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return;
      if (code < 0) fail_writing(name_, code);
      packet_->stream_index = stream_->index;
      av_packet_rescale_ts(packet_.get(), encoder_->time_base, stream_->time_base);
      if (const int written = av_interleaved_write_frame(&out_, packet_.get()); written < 0)
        fail_writing(name_, written);
    }
  }

  std::unique_ptr<SoundPackets> packets_;
  AVFormatContext& out_;
  std::string name_;
  CodecPtr decoder_, encoder_;
  int channels_ = 2;
  AVStream* stream_ = nullptr;
  std::unique_ptr<SwrContext, FreeSound> resampler_;
  std::unique_ptr<AVAudioFifo, FreeSound> fifo_;
  FramePtr decoded_ = new_frame();
  PacketPtr packet_ = new_packet();
  std::int64_t encoded_ = 0, skip_ = 0, last_sample_ = 0;
  bool first_ = true, ended_ = false;
};

}  // namespace

std::unique_ptr<Sound> encode_sound(std::unique_ptr<SoundPackets> packets, AVFormatContext& out,
                                    const std::string& name, std::vector<std::string>& notes) {
  const AVCodecParameters& from = *packets->stream().codecpar;
  const AVCodec* decoder = avcodec_find_decoder(from.codec_id);
  const AVCodec* encoder = encoder_for(*out.oformat);
  const std::string codec = avcodec_get_name(from.codec_id);
  if (!decoder || !encoder) {
    notes.push_back(
        fmt::format("the sound ({}) could not be taken over: this system's FFmpeg lacks its {}.",
                    codec, decoder ? "encoder" : "decoder"));
    return nullptr;
  }
  auto sound = std::make_unique<EncodedSound>(std::move(packets), *decoder, *encoder, out, name);
  notes.push_back(
      fmt::format("the sound ({}) was encoded anew as {}, since the container does not hold it.",
                  codec, avcodec_get_name(encoder->id)));
  return sound;
}

}  // namespace atelier::film
