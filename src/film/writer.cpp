// SPDX-License-Identifier: Apache-2.0
#include "atelier/film/writer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/film/reader.hpp"
#include "film/colour.hpp"
#include "film/gif_film.hpp"
#include "film/muxer.hpp"
#include "film/tail.hpp"

namespace atelier::film {

class FilmWriter::Impl {
 public:
  Impl(const std::filesystem::path& path, const WriteOptions& options)
      : name_(path.string()),
        options_(options),
        file_((check_film_output(path, options), path)),
        plan_(plan_film(path, options)) {
    if (options.size.width < 1 || options.size.height < 1) {
      fail(ErrorKind::invalid_argument, "a film of {} x {} px cannot be written.",
           options.size.width, options.size.height);
    }
    tick_ = options.tick.known() ? options.tick : options.rate.inverse();
    step_ = std::max<std::int64_t>(1, std::llround(options.rate.inverse().value() / tick_.value()));
    if (plan_.encoder == "gif") {
      gif_.emplace(plan_, options, file_.path(), name_);
    } else {
      muxer_.emplace(plan_, file_.path(), name_);
    }
    if (options.sound_from.empty()) return;
    if (muxer_) {
      muxer_->add_sound(options.sound_from, options.sound_start, notes_);
    } else {
      notes_.push_back(fmt::format("{} has no sound: {} holds none.", name_, plan_.suffix));
    }
  }

  void add(const image::Image& picture, FrameTime time) {
    check(picture, time);
    encode(picture.alpha.empty() || options_.alpha ? picture : on_white(picture), time);
    last_ = time;
    ++frames_;
  }
  void add(const image::Image& picture) {
    add(picture, {frames_ == 0 ? 0 : last_.start + shown(last_), step_});
  }

  void finish() {
    if (frames_ == 0)
      fail(ErrorKind::invalid_argument, "{} has no frame, so it cannot be written.", name_);
    if (gif_) {
      if (const std::int64_t left_out = gif_->finish()) {
        notes_.push_back(
            fmt::format("{} frames were left out: GIF shows at most 50 a second.", left_out));
      }
    } else {
      muxer_->finish(planned_end_);
      muxer_.reset();
    }
    if (plan_.muxer == "webp") end_webp_at(file_.path(), name_, planned_end_);
    if (!options_.recipe.empty() && plan_.comment.empty()) {
      append_recipe(file_.path(), name_, options_.recipe);
    }
    file_.commit();
  }

  [[nodiscard]] Rational tick() const { return tick_; }
  [[nodiscard]] std::int64_t frames() const { return frames_; }
  [[nodiscard]] const std::vector<std::string>& notes() const { return notes_; }

 private:
  void encode(const image::Image& picture, FrameTime time) {
    if (gif_) {
      gif_->add(picture, {time.start, shown(time)});
    } else {
      fill(picture, muxer_->blank());
      const FrameTime planned = in_plan(time);
      muxer_->encode(planned);
      planned_end_ = planned.start + planned.duration;
    }
  }

  [[nodiscard]] std::int64_t shown(FrameTime time) const {
    return time.duration > 0 ? time.duration : step_;
  }

  void check(const image::Image& picture, FrameTime time) const {
    const image::Size size{picture.width, picture.height};
    if (size != options_.size || picture.rgb.size() != picture.pixels() * 3 ||
        (!picture.alpha.empty() && picture.alpha.size() != picture.pixels())) {
      fail(ErrorKind::invalid_argument,
           "frame {} has {} x {} px where {} has {} x {} px; make them equal.", frames_, size.width,
           size.height, name_, options_.size.width, options_.size.height);
    }
    const auto finite = [](float value) { return std::isfinite(value); };
    if (!std::all_of(picture.rgb.begin(), picture.rgb.end(), finite) ||
        !std::all_of(picture.alpha.begin(), picture.alpha.end(), finite)) {
      fail(ErrorKind::invalid_argument,
           "frame {} holds values that are not finite numbers, so it cannot be written; make it "
           "again with a smaller "
           "step size or higher precision.",
           frames_);
    }
    constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max() / 4096;
    if (time.start < 0 || time.start > limit || time.duration < 0 || time.duration > limit ||
        (frames_ > 0 && time.start <= last_.start)) {
      fail(ErrorKind::invalid_argument,
           "frame {} is shown at tick {} for {}, after one at tick {}; times must be 0 or more and "
           "grow from frame to frame.",
           frames_, time.start, time.duration, last_.start);
    }
  }

  /// Times in the encoder's ticks. Where rounding would let two frames fall together the later one
  /// waits a tick.
  FrameTime in_plan(FrameTime time) {
    if (plan_.tick == tick_) return {time.start, shown(time)};
    if (frames_ == 0) origin_ = time.start;  // animations have no time before their first frame
    const AVRational from = to_av(tick_), to = to_av(plan_.tick);
    std::int64_t start = av_rescale_q(time.start - origin_, from, to);
    const std::int64_t end = av_rescale_q(time.start - origin_ + shown(time), from, to);
    if (frames_ > 0) start = std::max(start, planned_ + 1);
    planned_ = start;
    return {start, std::max<std::int64_t>(1, end - start)};
  }

  static void fill(const image::Image& picture, AVFrame& frame) {
    if (frame.format == AV_PIX_FMT_YUV420P || frame.format == AV_PIX_FMT_YUV444P) {
      to_ycbcr(picture, frame);
    } else {
      to_rgb(picture, frame);
    }
  }

  static image::Image on_white(const image::Image& picture) {
    image::Image flat = picture;
    for (std::size_t i = 0; i < flat.pixels(); ++i) {
      const float cover = std::clamp(flat.alpha[i], 0.0F, 1.0F);
      for (int c = 0; c < 3; ++c) {
        float& v = flat.rgb[i * 3 + c];
        v = std::clamp(v, 0.0F, 1.0F) * cover + (1 - cover);
      }
    }
    flat.alpha.clear();
    return flat;
  }

  std::string name_;
  WriteOptions options_;
  AtomicFile file_;
  Plan plan_;
  Rational tick_;
  std::int64_t step_ = 1, frames_ = 0;
  std::int64_t origin_ = 0, planned_ = 0, planned_end_ = 0;  ///< in_plan()'s
  FrameTime last_;
  std::vector<std::string> notes_;
  std::optional<Muxer> muxer_;
  std::optional<GifFilm> gif_;
};

FilmWriter::FilmWriter(const std::filesystem::path& path, const WriteOptions& options)
    : impl_(std::make_unique<Impl>(path, options)) {}
FilmWriter::~FilmWriter() = default;
FilmWriter::FilmWriter(FilmWriter&&) noexcept = default;
FilmWriter& FilmWriter::operator=(FilmWriter&&) noexcept = default;

void FilmWriter::add(const image::Image& picture, FrameTime time) {
  impl_->add(picture, time);
}

void FilmWriter::add(const image::Image& picture) {
  impl_->add(picture);
}

void FilmWriter::finish() {
  impl_->finish();
}

Rational FilmWriter::tick() const noexcept {
  return impl_->tick();
}

std::int64_t FilmWriter::frames() const noexcept {
  return impl_->frames();
}

const std::vector<std::string>& FilmWriter::notes() const noexcept {
  return impl_->notes();
}

void join(std::span<const std::filesystem::path> chunks, FilmWriter& into) {
  for (const std::filesystem::path& chunk : chunks) {
    FilmReader reader(chunk);
    const Rational from = reader.info().tick, to = into.tick();
    const auto exactly = [&](std::int64_t ticks) {
      const std::int64_t result = av_rescale_q(ticks, to_av(from), to_av(to));
      if (av_compare_ts(ticks, to_av(from), result, to_av(to)) != 0) {
        fail(ErrorKind::invalid_argument,
             "{} shows a frame at {:.6g} s, which is no whole number of the {}/{} s that the film "
             "it is joined "
             "to counts in; write it again.",
             chunk.string(), static_cast<double>(ticks) * from.value(), to.num, to.den);
      }
      return result;
    };
    while (const std::optional<Frame> frame = reader.next()) {
      into.add(frame->picture, {exactly(frame->time.start), exactly(frame->time.duration)});
    }
  }
}

}  // namespace atelier::film
