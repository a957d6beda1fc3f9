// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <cstdint>
#include <new>
#include <string_view>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/music/audio.hpp"
#include "film/ffmpeg.hpp"

namespace atelier::music {
namespace {

struct Format {
  std::string_view suffix;
  const char* muxer;
  const char* encoder;
  AVSampleFormat samples;
};

constexpr std::array formats{Format{".wav", "wav", "pcm_s16le", AV_SAMPLE_FMT_S16},
                             Format{".flac", "flac", "flac", AV_SAMPLE_FMT_S16},
                             Format{".ogg", "ogg", "libvorbis", AV_SAMPLE_FMT_FLTP}};
constexpr int vorbis_quality = 6;

const Format& format_of(const std::filesystem::path& path) {
  std::string suffix = path.extension().string();
  for (char& c : suffix) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const Format& format : formats) {
    if (format.suffix == suffix) return format;
  }
  fail(ErrorKind::invalid_argument, "sound is not written as {}; use .wav, .flac or .ogg.",
       path.string());
}

class Encoder {
 public:
  Encoder(const Audio& audio, const std::filesystem::path& file, std::string name,
          const Format& format, const std::string& recipe)
      : audio_(audio), name_(std::move(name)) {
    film::quiet_ffmpeg();
    film::forget_reasons();
    const std::string url = film::file_url(file);
    if (avformat_alloc_output_context2(&output_, nullptr, format.muxer, url.c_str()) < 0)
      throw std::bad_alloc();
    try {
      open(format, url, recipe);
    } catch (...) {
      close();
      throw;
    }
  }
  ~Encoder() { close(); }
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;

  void write() {
    const auto pairs = static_cast<std::int64_t>(audio_.samples.size() / 2);
    const int whole = codec_->frame_size > 0 ? codec_->frame_size : 4096;
    for (std::int64_t at = 0; at < pairs; at += whole) {
      const int count = static_cast<int>(std::min<std::int64_t>(whole, pairs - at));
      const film::FramePtr frame = frame_of(at, count);
      encode(frame.get());
    }
    encode(nullptr);
    checked(av_write_trailer(output_));
    avio_flush(output_->pb);
    checked(output_->pb->error);
  }

 private:
  void checked(int code) const {
    if (code < 0) film::fail_writing(name_, code);
  }

  void open(const Format& format, const std::string& url, const std::string& recipe) {
    output_->flags |= AVFMT_FLAG_BITEXACT;
    const AVCodec* encoder = avcodec_find_encoder_by_name(format.encoder);
    if (!encoder)
      fail(ErrorKind::missing_capability,
           "this system's FFmpeg has no encoder {}; write .wav instead.", format.encoder);
    codec_ = film::new_codec(encoder);
    av_channel_layout_default(&codec_->ch_layout, 2);
    codec_->sample_rate = audio_.sample_rate;
    codec_->sample_fmt = format.samples;
    codec_->time_base = {1, audio_.sample_rate};
    codec_->thread_count = 1;
    codec_->flags |= AV_CODEC_FLAG_BITEXACT;
    if (format.samples == AV_SAMPLE_FMT_FLTP) {
      codec_->flags |= AV_CODEC_FLAG_QSCALE;
      codec_->global_quality = FF_QP2LAMBDA * vorbis_quality;
    }
    if (output_->oformat->flags & AVFMT_GLOBALHEADER) codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    checked(avcodec_open2(codec_.get(), encoder, nullptr));
    stream_ = avformat_new_stream(output_, nullptr);
    if (!stream_ || avcodec_parameters_from_context(stream_->codecpar, codec_.get()) < 0)
      throw std::bad_alloc();
    stream_->time_base = codec_->time_base;
    if (!recipe.empty()) av_dict_set(&output_->metadata, "comment", recipe.c_str(), 0);
    checked(avio_open(&output_->pb, url.c_str(), AVIO_FLAG_WRITE));
    // Ogg takes a stream's number from chance unless it is told.
    film::Options options;
    if (std::string_view(format.muxer) == "ogg") options.set("serial_offset", "1");
    checked(avformat_write_header(output_, options.get()));
  }

  void close() {
    if (output_ && output_->pb) avio_closep(&output_->pb);
    avformat_free_context(output_);
    output_ = nullptr;
  }

  [[nodiscard]] film::FramePtr frame_of(std::int64_t at, int count) const {
    film::FramePtr frame = film::new_frame();
    frame->format = codec_->sample_fmt;
    frame->sample_rate = audio_.sample_rate;
    frame->nb_samples = count;
    frame->pts = at;
    if (av_channel_layout_copy(&frame->ch_layout, &codec_->ch_layout) < 0 ||
        av_frame_get_buffer(frame.get(), 0) < 0)
      throw std::bad_alloc();
    const float* from = audio_.samples.data() + 2 * at;
    if (codec_->sample_fmt == AV_SAMPLE_FMT_S16) {
      auto* to = reinterpret_cast<std::int16_t*>(frame->data[0]);
      for (int i = 0; i < 2 * count; ++i)
        to[i] = static_cast<std::int16_t>(std::lround(std::clamp(from[i], -1.0F, 1.0F) * 32767));
    } else {
      for (int channel = 0; channel < 2; ++channel) {
        auto* to = reinterpret_cast<float*>(frame->data[channel]);
        for (int i = 0; i < count; ++i) to[i] = from[2 * i + channel];
      }
    }
    return frame;
  }

  void encode(const AVFrame* frame) {
    checked(avcodec_send_frame(codec_.get(), frame));
    for (;;) {
      const int code = avcodec_receive_packet(codec_.get(), packet_.get());
      if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return;
      checked(code);
      packet_->stream_index = stream_->index;
      av_packet_rescale_ts(packet_.get(), codec_->time_base, stream_->time_base);
      checked(av_interleaved_write_frame(output_, packet_.get()));
    }
  }

  const Audio& audio_;
  std::string name_;
  AVFormatContext* output_ = nullptr;
  AVStream* stream_ = nullptr;
  film::CodecPtr codec_;
  film::PacketPtr packet_ = film::new_packet();
};

}  // namespace

void save_audio(const Audio& audio, const std::filesystem::path& path, const std::string& recipe) {
  const Format& format = format_of(path);
  if (audio.samples.empty() || audio.samples.size() % 2 != 0 || audio.sample_rate < 1)
    fail(ErrorKind::invalid_argument, "{} would have no sound.", path.string());
  AtomicFile file(path);
  Encoder(audio, file.path(), path.string(), format, recipe).write();
  file.commit();
}

}  // namespace atelier::music
