// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "film/demuxer.hpp"
#include "film/describe.hpp"
#include "film/find_frame.hpp"
#include "film/light.hpp"
#include "film/source.hpp"

namespace atelier::film {
namespace {

std::int64_t duration_of(const AVFrame& frame) {
#if LIBAVUTIL_VERSION_MAJOR >= 58
  return frame.duration;
#else
  return frame.pkt_duration;
#endif
}

class StreamSource : public Source {
 public:
  StreamSource(std::filesystem::path path, const Outline& outline, const ReadOptions& options)
      : path_(std::move(path)), name_(path_.string()), skip_damage_(options.skip_damage) {
    open();
    StreamFacts facts = describe_stream(*demuxer_, *stream_, outline);
    info_ = std::move(facts.info);
    origin_ = facts.origin, end_ = facts.end, step_ = facts.step;
    if (!decode()) {
      fail(ErrorKind::bad_input,
           "{} has no frame that can be decoded ({}); copy or export it again.", name_,
           reason(AVERROR_INVALIDDATA));
    }
    describe();
  }

  std::optional<Frame> next() override {
    if (!waiting_ && !decode()) return std::nullopt;
    waiting_ = false;
    check_same_size();
    Frame frame;
    frame.index = index_;
    const std::int64_t raw = raw_time(*frame_), declared = duration_of(*frame_);
    frame.time.start = take_start();
    const Meaning meaning = meaning_of(*frame_);
    if (!light_ || !(meaning == meaning_)) light_.emplace(meaning_ = meaning);
    frame.picture = to_image(*frame_, meaning, name_);
    light_->to_srgb(frame.picture);
    if (frame.picture.alpha.empty() && info_.alpha) {
      frame.picture.alpha.assign(frame.picture.pixels(), 1.0F);
    }
    const bool more = decode();
    frame.time.duration = duration(raw, declared, more);
    return frame;
  }

  void seek(std::int64_t wanted) override {
    if (wanted == index_) return;
    if (wanted > index_ && wanted - index_ < 8) return read_up_to(wanted);
    if (!skip_damage_ && jump(wanted)) return;
    if (wanted < index_) rewind();
    read_up_to(wanted);
  }

 private:
  void open() {
    demuxer_.emplace(path_);
    stream_ = demuxer_->pictures();
    if (!stream_) {
      fail(ErrorKind::bad_input, "{} has no pictures{}; choose a film.", name_,
           demuxer_->sound() ? ", only sound" : "");
    }
    const AVCodecParameters& parameters = *stream_->codecpar;
    check_size(parameters.width, parameters.height);
    const AVCodec* decoder = decoder_of(parameters);
    if (!decoder) {
      fail(ErrorKind::missing_capability,
           "{} is encoded as {}, which this system's FFmpeg does not decode; convert it to H.264.",
           name_, avcodec_get_name(parameters.codec_id));
    }
    codec_ = new_codec(decoder);
    if (avcodec_parameters_to_context(codec_.get(), &parameters) < 0) throw std::bad_alloc();
    codec_->pkt_timebase = stream_->time_base;
    codec_->opaque = &concealed_;
    codec_->max_pixels = static_cast<std::int64_t>(max_frame_pixels);
    codec_->thread_count = std::clamp(processor_count(), 1, 4);
    if (const int code = avcodec_open2(codec_.get(), decoder, nullptr); code < 0) {
      fail(ErrorKind::bad_input, "{} cannot be decoded as {} ({}); convert it to H.264.", name_,
           decoder->name, reason(code));
    }
    demuxer_->choose(*stream_);
    settling_ = true;
    begun_ = false;
  }

  /// VP8 and VP9 keep coverage in a layer of its own, which only libvpx reads.
  [[nodiscard]] const AVCodec* decoder_of(const AVCodecParameters& parameters) const {
    const AVDictionaryEntry* alpha = av_dict_get(stream_->metadata, "alpha_mode", nullptr, 0);
    const char* by_name = !alpha                                   ? nullptr
                          : parameters.codec_id == AV_CODEC_ID_VP9 ? "libvpx-vp9"
                          : parameters.codec_id == AV_CODEC_ID_VP8 ? "libvpx"
                                                                   : nullptr;
    const AVCodec* decoder = by_name ? avcodec_find_decoder_by_name(by_name) : nullptr;
    return decoder ? decoder : avcodec_find_decoder(parameters.codec_id);
  }

  void check_size(int width, int height) const {
    const double pixels = static_cast<double>(width) * height;
    if (pixels > max_frame_pixels) {
      fail(ErrorKind::bad_input,
           "{} declares frames of {} x {} px, more than the {:.0f} million pixels that are opened; "
           "make it "
           "smaller first.",
           name_, width, height, max_frame_pixels / 1e6);
    }
    const double needed = pixels * 40, free = static_cast<double>(available_memory_bytes());
    if (needed > free) {
      fail(ErrorKind::out_of_memory,
           "{} has frames of {} x {} px, which need {:.1f} GB of memory where {:.1f} GB are free; "
           "make it smaller first.",
           name_, width, height, needed / 1e9, free / 1e9);
    }
  }

  void check_same_size() const {
    if (frame_->width == info_.stored.width && frame_->height == info_.stored.height) return;
    fail(ErrorKind::bad_input,
         "{} changes from {} x {} px to {} x {} px at frame {}; convert it to one size first.",
         name_, info_.stored.width, info_.stored.height, frame_->width, frame_->height, index_);
  }

  void describe() {
    const AVFrame& frame = *frame_;
    check_size(frame.width, frame.height);
    meaning_ = meaning_of(frame);
    light_.emplace(meaning_);
    describe_frame(*demuxer_, *stream_, *frame_, meaning_, info_);
    if (const std::string note = light_->note(); !note.empty()) info_.notes.push_back(note);
    const bool known = raw_time(frame) != AV_NOPTS_VALUE;
    if (known) origin_ = std::min(origin_, raw_time(frame));
    first_time_ = raw_time(frame);
  }

  [[nodiscard]] static std::int64_t raw_time(const AVFrame& frame) {
    return frame.best_effort_timestamp;
  }

  /// When frame number index_ is shown; it counts as given from here on.
  std::int64_t take_start() {
    const std::int64_t raw = raw_time(*frame_);
    std::int64_t start = raw != AV_NOPTS_VALUE ? raw - origin_ : index_ > 0 ? last_ + step_ : 0;
    if (index_ > 0 && start <= last_) start = last_ + step_;
    last_ = start;
    ++index_;
    return start;
  }

  /// Until the next frame, which stands in frame_ when there is one; the last one until the film's
  /// end. What packets declare is that of decoding, in another order.
  [[nodiscard]] std::int64_t duration(std::int64_t raw, std::int64_t declared, bool more) const {
    if (raw == AV_NOPTS_VALUE) return step_;
    if (more && raw_time(*frame_) > raw) return raw_time(*frame_) - raw;
    if (!more && end_ > raw) return end_ - raw;
    return declared > 0 ? declared : step_;
  }

  /// A packet or frame that cannot be used. Before the first good one it is no damage where a
  /// recording begins between key frames, and after a jump.
  void note_damage(int code) {
    if (settling_) return;
    if (!skip_damage_) {
      fail(ErrorKind::bad_input, "{} is damaged near frame {} ({}); copy or export it again.",
           name_, index_, reason(code));
    }
    ++damaged_;
  }

  /// The next frame into frame_; false at the end.
  bool decode() {
    int refused = 0;
    while (refused < 1000) {
      const int code = avcodec_receive_frame(codec_.get(), frame_.get());
      if (code == 0) {
        const bool concealed = concealed_.exchange(0) > 0;
        const bool corrupt = (frame_->flags & AV_FRAME_FLAG_CORRUPT) != 0;
        if (corrupt && settling_) continue;
        if (corrupt || concealed) note_damage(AVERROR_INVALIDDATA);
        settling_ = false;
        return waiting_ = true;
      }
      if (code == AVERROR_EOF) return false;
      if (code == AVERROR(ENOMEM)) throw std::bad_alloc();
      if (code != AVERROR(EAGAIN)) {
        note_damage(code);
        ++refused;
        continue;
      }
      feed();
    }
    return false;
  }

  void feed() {
    const int code = demuxer_->read(*packet_);
    if (code < 0) {
      if (code != AVERROR_EOF && code != AVERROR(EAGAIN)) note_damage(code);
      if (code == AVERROR_EOF && ends_in_part_of_a_frame()) note_damage(AVERROR_INVALIDDATA);
      if (code == AVERROR(EAGAIN) && ++idle_ < 1000) return;
      avcodec_send_packet(codec_.get(), nullptr);
      return;
    }
    if (packet_->stream_index == stream_->index) {
      read_to_ = packet_->pos + packet_->size;
      if (!begun_ && (packet_->flags & AV_PKT_FLAG_KEY)) settling_ = false;
      begun_ = true;
      if (packet_->flags & AV_PKT_FLAG_CORRUPT) note_damage(AVERROR_INVALIDDATA);
      const int sent = avcodec_send_packet(codec_.get(), packet_.get());
      if (sent == AVERROR(ENOMEM)) throw std::bad_alloc();
      if (sent < 0 && sent != AVERROR(EAGAIN) && sent != AVERROR_EOF) note_damage(sent);
    }
    av_packet_unref(packet_.get());
  }

  /// FFmpeg drops what is left of Y4M in silence.
  [[nodiscard]] bool ends_in_part_of_a_frame() const {
    return info_.container == "yuv4mpegpipe" && read_to_ < avio_size(demuxer_->format().pb);
  }

  void read_up_to(std::int64_t wanted) {
    while (index_ < wanted && (waiting_ || decode())) {
      waiting_ = false;
      (void)take_start();
    }
  }

  void rewind() {
    codec_.reset();
    open();
    waiting_ = false;
    index_ = 0;
    last_ = 0;
    idle_ = 0;
  }

  /// By the times of packets and a key frame before. False when that is not certain.
  bool jump(std::int64_t wanted) {
    if (!is_one_to_one(*stream_)) return false;
    const std::optional<FrameTimes> times = find_frame(path_, wanted);
    if (!times || times->first != first_time_) return false;
    if (!times->wanted) return false;
    for (const double back : {0.0, 2.0, 10.0, 60.0}) {
      const auto ticks = static_cast<std::int64_t>(back / av_q2d(stream_->time_base));
      if (av_seek_frame(&demuxer_->format(), stream_->index, *times->wanted - ticks,
                        AVSEEK_FLAG_BACKWARD) < 0) {
        break;
      }
      avcodec_flush_buffers(codec_.get());
      settling_ = true;
      waiting_ = false;
      if (!decode()) continue;
      if (raw_time(*frame_) > *times->wanted) continue;
      while (raw_time(*frame_) < *times->wanted && decode()) {
      }
      if (raw_time(*frame_) != *times->wanted) break;
      waiting_ = true;
      index_ = wanted;
      last_ = *times->wanted - origin_ - 1;
      return true;
    }
    rewind();
    return false;
  }

  std::filesystem::path path_;
  std::string name_;
  bool skip_damage_;
  std::optional<Demuxer> demuxer_;
  AVStream* stream_ = nullptr;
  CodecPtr codec_;
  FramePtr frame_ = new_frame();
  PacketPtr packet_ = new_packet();
  std::atomic<int> concealed_ = 0;  ///< counted by quiet_ffmpeg()
  bool waiting_ = false;            ///< frame_ was decoded and not yet given
  bool settling_ = true;            ///< nothing was decoded since the start or a jump
  bool begun_ = false;              ///< a packet was read since the file was opened
  int idle_ = 0;
  std::int64_t read_to_ = 0;
  std::int64_t index_ = 0, last_ = 0, origin_ = 0, step_ = 1, first_time_ = 0, end_ = 0;
  Meaning meaning_;
  std::optional<Light> light_;
};

}  // namespace

std::unique_ptr<Source> open_stream(const std::filesystem::path& path, const Outline& outline,
                                    const ReadOptions& options) {
  return std::make_unique<StreamSource>(path, outline, options);
}

}  // namespace atelier::film
