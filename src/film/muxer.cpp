// SPDX-License-Identifier: Apache-2.0
#include "film/muxer.hpp"

extern "C" {
#include <libavutil/opt.h>
}

#include <new>

#include "atelier/base/error.hpp"

namespace atelier::film {

Muxer::Muxer(const Plan& plan, const std::filesystem::path& file, std::string name)
    : plan_(plan), name_(std::move(name)) {
  quiet_ffmpeg();
  forget_reasons();
  const std::string url = file_url(file);
  if (avformat_alloc_output_context2(&format_, nullptr, plan_.muxer.c_str(), url.c_str()) < 0)
    throw std::bad_alloc();
  try {
    format_->flags |= AVFMT_FLAG_BITEXACT;  // no times, no random numbers, no versions
    stream_ = avformat_new_stream(format_, nullptr);
    if (!stream_) throw std::bad_alloc();
    open_encoder();
    if (const int code = avio_open(&format_->pb, url.c_str(), AVIO_FLAG_WRITE); code < 0)
      fail_writing(name_, code);
  } catch (...) {
    avformat_free_context(format_);
    throw;
  }
}

Muxer::~Muxer() {
  if (format_) avio_closep(&format_->pb);
  avformat_free_context(format_);
}

void Muxer::open_encoder() {
  const AVCodec* encoder = avcodec_find_encoder_by_name(plan_.encoder.c_str());
  codec_ = new_codec(encoder);
  codec_->width = plan_.coded.width;
  codec_->height = plan_.coded.height;
  codec_->pix_fmt = plan_.format;
  codec_->time_base = to_av(plan_.tick);
  codec_->framerate = to_av(plan_.rate);
  codec_->gop_size = plan_.key_interval;
  codec_->sample_aspect_ratio = {1, 1};
  // Threads change how some encoders divide their work, so their number is the same on every
  // machine.
  codec_->thread_count = plan_.encoder == "ffv1" || plan_.encoder == "gif" ? 1 : 4;
  codec_->flags |= AV_CODEC_FLAG_BITEXACT;
  if (format_->oformat->flags & AVFMT_GLOBALHEADER) codec_->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
  const bool ycbcr = plan_.format == AV_PIX_FMT_YUV420P || plan_.format == AV_PIX_FMT_YUV444P;
  if (ycbcr) {
    codec_->color_range = AVCOL_RANGE_MPEG;
    codec_->colorspace = AVCOL_SPC_BT709;
    codec_->color_primaries = AVCOL_PRI_BT709;
    codec_->color_trc = AVCOL_TRC_BT709;
    if (plan_.format == AV_PIX_FMT_YUV420P) codec_->chroma_sample_location = AVCHROMA_LOC_LEFT;
  }
  if (plan_.encoder == "ffv1") codec_->gop_size = 1;  // each frame stands alone
  Options options;
  for (const auto& [key, value] : plan_.encoder_options) options.set(key.c_str(), value);
  if (const int code = avcodec_open2(codec_.get(), encoder, options.get()); code < 0) {
    fail(ErrorKind::missing_capability,
         "{} cannot be encoded by {} at {} x {} px ({}); choose another film-codec or size.", name_,
         plan_.encoder, plan_.coded.width, plan_.coded.height, reason(code));
  }
  if (avcodec_parameters_from_context(stream_->codecpar, codec_.get()) < 0) throw std::bad_alloc();
  stream_->codecpar->codec_tag = plan_.codec_tag;
  stream_->time_base = codec_->time_base;
  stream_->avg_frame_rate = codec_->framerate;
  stream_->r_frame_rate = codec_->framerate;
  stream_->sample_aspect_ratio = {1, 1};
}

void Muxer::add_sound(const std::filesystem::path& from, double start,
                      std::vector<std::string>& notes) {
  if (!plan_.keeps_sound) {
    notes.push_back(fmt::format("{} has no sound: {} holds none.", name_, plan_.suffix));
    return;
  }
  sound_ = Sound::open(from, start, *format_, name_, notes);
}

void Muxer::begin() {
  if (!plan_.comment.empty()) av_dict_set(&format_->metadata, "comment", plan_.comment.c_str(), 0);
  Options options;
  for (const auto& [key, value] : plan_.muxer_options) options.set(key.c_str(), value);
  const int code = avformat_write_header(format_, options.get());
  if (code < 0) fail_writing(name_, code);
  begun_ = true;
}

void Muxer::check_written(int code) {
  if (code >= 0 && format_->pb && format_->pb->error < 0) code = format_->pb->error;
  if (code < 0) fail_writing(name_, code);
}

AVFrame& Muxer::blank() {
  av_frame_unref(frame_.get());
  frame_->format = plan_.format;
  frame_->width = plan_.coded.width;
  frame_->height = plan_.coded.height;
  frame_->color_range = codec_->color_range;
  frame_->colorspace = codec_->colorspace;
  frame_->color_primaries = codec_->color_primaries;
  frame_->color_trc = codec_->color_trc;
  frame_->chroma_location = codec_->chroma_sample_location;
  frame_->sample_aspect_ratio = {1, 1};
  if (av_frame_get_buffer(frame_.get(), 0) < 0) throw std::bad_alloc();
  return *frame_;
}

void Muxer::encode(FrameTime time) {
  if (!begun_) {
    begin();
    first_time_ = time.start;
  }
  frame_->pts = time.start;
#if LIBAVUTIL_VERSION_MAJOR >= 58
  frame_->duration = time.duration;
#else
  frame_->pkt_duration = time.duration;
#endif
  durations_[time.start] = time.duration;
  drain(frame_.get());
  if (sound_) sound_->write_until(static_cast<double>(time.start) * plan_.tick.value());
}

void Muxer::drain(const AVFrame* frame) {
  check_written(avcodec_send_frame(codec_.get(), frame));
  for (;;) {
    const int code = avcodec_receive_packet(codec_.get(), packet_.get());
    if (code == AVERROR(EAGAIN) || code == AVERROR_EOF) return;
    check_written(code);
    if (const auto found = durations_.find(packet_->pts); found != durations_.end()) {
      packet_->duration = found->second;
      durations_.erase(found);
    }
    if (any_packet_) write(*held_);
    if (!any_packet_) first_decoding_ = packet_->dts;
    any_packet_ = true;
    av_packet_unref(held_.get());
    av_packet_move_ref(held_.get(), packet_.get());
  }
}

void Muxer::write(AVPacket& packet) {
  packet.stream_index = stream_->index;
  av_packet_rescale_ts(&packet, codec_->time_base, stream_->time_base);
  check_written(av_interleaved_write_frame(format_, &packet));
}

void Muxer::finish(std::int64_t end) {
  if (sound_) sound_->finish(static_cast<double>(end) * plan_.tick.value());
  drain(nullptr);
  if (any_packet_) {
    // A track of MP4 lasts as long as its packets in the order of decoding, so that the last of
    // them makes up for what frames shown in another order lack.
    const bool by_decoding = plan_.muxer == "mp4" || plan_.muxer == "mov";
    const std::int64_t rest = end - first_time_ - (held_->dts - first_decoding_);
    if (by_decoding && rest > 0) held_->duration = rest;
    // GIF would show the last frame as long as the one before.
    if (plan_.muxer == "gif")
      av_opt_set_int(format_->priv_data, "final_delay", end - held_->pts, 0);
    write(*held_);
  }
  check_written(av_write_trailer(format_));
  if (format_->pb) {
    avio_flush(format_->pb);
    check_written(0);
    if (const int code = avio_closep(&format_->pb); code < 0) fail_writing(name_, code);
  }
}

}  // namespace atelier::film
