// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/film.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <span>

#include "atelier/base/behind.hpp"
#include "atelier/base/digest.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/film/reader.hpp"
#include "atelier/image/file.hpp"
#include "image/formats.hpp"
#include "jobs/compute.hpp"
#include "jobs/film_frames.hpp"
#include "jobs/film_log.hpp"
#include "jobs/film_painter.hpp"
#include "jobs/film_report.hpp"
#include "jobs/film_work.hpp"
#include "jobs/inputs.hpp"
#include "jobs/make_recipe.hpp"
#include "jobs/one_pass.hpp"
#include "jobs/output_paths.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t frames_waiting = 4;  ///< painted, and not on disk yet

void check_request(const FilmRequest& request) {
  const StylizeRequest& paint = request.paint;
  style::check_options(paint.options, paint.styles.size());
  check_paths(paint, Output::film);
  const auto picture = image::format_of_suffix(paint.output);
  if (picture && *picture != image::Format::webp) {
    fail(ErrorKind::invalid_argument,
         "{} has many frames, which {} cannot hold; name a film, such as {}.",
         paint.content.string(), paint.output.string(),
         fs::path(paint.output).replace_extension(".mp4").string());
  }
  if (begins_in_one_pass(paint.options)) {
    fail(ErrorKind::invalid_argument,
         "--init fast is for a single picture; a film's frames begin with the last painting: leave "
         "it out, or use --method fast.");
  }
  if (paint.options.time_limit > 0) {
    fail(ErrorKind::invalid_argument,
         "--time-limit {} ends a single picture; stop a film with Ctrl-C, and the same command "
         "goes on with it.",
         paint.options.time_limit);
  }
}

/// All but the recipe; refuses what cannot be written so.
film::WriteOptions write_options(const FilmRequest& request, const film::FilmInfo& info) {
  film::WriteOptions options;
  options.size = info.size;
  options.rate = info.rate;
  options.tick = info.tick;
  options.encode = request.encode;
  options.bits = info.bits > 8 ? 16 : 8;
  options.alpha = info.alpha;
  options.loops = info.loops;
  if (info.audio && keeps_sound(request.paint.output)) {
    options.sound_from = request.paint.content;
  }
  film::check_film_output(request.paint.output, options);
  return options;
}

std::string digest_of(const Recipe& recipe, const FrameRange& range) {
  nlohmann::json all = to_json(recipe);
  all.erase("film");  // how it is encoded is free until the end
  all["frames"] = {range.first, range.end};
  const std::string text = all.dump();
  return sha256(std::as_bytes(std::span(text)));
}

/// One run: reads, paints and keeps frame after frame, then writes the film.
class Run {
 public:
  Run(const FilmRequest& request, const OnProgress& on_progress, std::stop_token stop)
      : request_(request),
        range_(parse_frames(request.film.frames)),
        compute_(set_up_compute(request.paint.options.device, request.paint.options.threads)),
        reader_(request.paint.content, {.long_edge = request.paint.options.size}),
        written_(write_options(request, reader_.info())),
        net_(load_backbone(request.paint.options)),
        one_pass_(in_one_pass(request.paint.options)
                      ? load_painter(request.paint.options, net_, compute_.device)
                      : nullptr),
        recipe_(make_recipe(request.paint, net_, one_pass_.get(), compute_)),
        log_(request.paint.extras, on_progress),
        stop_(std::move(stop)) {
    recipe_.film = film_part(request.film, request.encode);
  }

  FilmReport paint() {
    FilmWork work(request_.paint.output, digest_of(recipe_, range_));
    report_.resumed_at = work.done();
    if (range_.first > 0) reader_.seek(range_.first);
    const style::StylizeOptions options = frame_options(work);
    FilmPainter painter(net_, load_pictures(), options, std::move(one_pass_));
    const bool whole = go_on(work, painter);
    summarise(work);
    report_.stop_reason = whole ? "iterations" : "cancelled";
    if (whole) {
      if (work.done() == 0) nothing_there();
      write(work, painter.options());
      work.remove();
    }
    report_.seconds = log_.seconds();
    report_.peak_rss_bytes = peak_rss_bytes();
    const auto& notes = log_.finish();
    report_.warnings.insert(report_.warnings.end(), notes.begin(), notes.end());
    return std::move(report_);
  }

 private:
  [[nodiscard]] style::StylizeOptions frame_options(const FilmWork& work) const {
    style::StylizeOptions options = request_.paint.options;
    if (work.done() > 0) {
      options.tile = work.tile();
      options.engine = work.engine();
    }
    return options;
  }

  [[nodiscard]] style::StylizePictures load_pictures() const {
    return load_pictures_for(request_.paint, reader_.info().size);
  }

  [[nodiscard]] std::int64_t frames_left(std::int64_t done) const {
    if (range_.end >= 0) return range_.end - range_.first - done;
    const std::int64_t known = reader_.info().frames;
    return known > 0 ? std::max<std::int64_t>(known - range_.first - done, 0) : 0;
  }

  /// Paints what is not painted yet; whether all is.
  bool go_on(FilmWork& work, FilmPainter& painter) {
    const std::int64_t done_before = work.done();
    Behind behind(frames_waiting);
    const auto keep = [&](const FrameRecord& record, const image::Image& painting,
                          std::int64_t number, std::int64_t total) {
      work.add(record, painting, painter.options(), painter.begins_from_last());
      log_.frame(number, total, record, painting);
    };
    const auto ended = [&](bool whole) {
      behind.finish();
      work.flush();
      return whole;
    };
    std::vector<bool> fresh;
    work.for_each([&](std::int64_t, const FrameRecord& record) { fresh.push_back(record.fresh); });
    const auto info = reader_.info();
    for (std::int64_t number = 0; range_.holds(range_.first + number); ++number) {
      if (stop_.stop_requested()) return ended(false);
      std::optional<film::Frame> frame = reader_.next();
      if (!frame) break;
      if (number == 0) began_ = frame->time.start;
      if (number < done_before) {
        const bool begun_from = number + 1 == done_before && painter.begins_from_last();
        painter.skip(std::move(frame->picture), fresh[static_cast<std::size_t>(number)],
                     begun_from ? std::optional(work.last_painting(info.size)) : std::nullopt);
        continue;
      }
      const std::int64_t total = number + frames_left(number);
      FilmPainter::Painted painted = painter.paint(
          std::move(frame->picture),
          [&](const style::Step& step, const auto&) { log_.step(step, number, total); }, stop_);
      if (painted.result.stop_reason == style::StopReason::cancelled) return ended(false);
      const FrameRecord record{.time = {frame->time.start - began_, frame->time.duration},
                               .fresh = painted.fresh,
                               .iterations = painted.result.iterations,
                               .losses = painted.result.losses,
                               .change = painted.change,
                               .kept = painted.kept};
      if (painter.begins_from_last()) {
        keep(record, painted.result.image, number, total);
        continue;
      }
      // Quickly painted: what waits for the disk waits behind.
      log_.painted(number, total);
      auto image = std::make_shared<const image::Image>(std::move(painted.result.image));
      behind.then([=, &keep] { keep(record, *image, number, total); });
    }
    return ended(true);
  }

  [[noreturn]] void nothing_there() const {
    fail(ErrorKind::bad_input, "{} has no frames {}; it has {}.", request_.paint.content.string(),
         request_.film.frames, reader_.info().frames);
  }

  void write(const FilmWork& work, const style::StylizeOptions& settled) {
    log_.stage("writing the film");
    film::WriteOptions options = written_;
    Recipe recipe = recipe_;
    recipe.options.tile = settled.tile;
    recipe.options.engine = settled.engine;
    recipe.precision = settled.engine == "bf16" ? "bf16" : "fp32";
    options.recipe = to_json(recipe).dump();
    options.sound_start = static_cast<double>(began_) * reader_.info().tick.value();
    film::FilmWriter writer(request_.paint.output, options);
    work.for_each([&](std::int64_t number, const FrameRecord& record) {
      writer.add(work.frame(number), record.time);
    });
    writer.finish();
    report_.warnings.insert(report_.warnings.end(), writer.notes().begin(), writer.notes().end());
    report_.precision = recipe.precision;
  }

  void summarise(const FilmWork& work) {
    FrameMeans means;
    work.for_each([&](std::int64_t number, const FrameRecord& record) {
      means.add(record);
      if (record.fresh && number > 0) report_.cuts.push_back(range_.first + number + 1);
    });
    means.tell(report_);
    report_.output = request_.paint.output;
    report_.width = reader_.info().size.width;
    report_.height = reader_.info().size.height;
    report_.frames_asked = work.done() + frames_left(work.done());
    report_.device = compute_.device;
    report_.engine = work.engine();
    report_.precision = work.engine() == "bf16" ? "bf16" : "fp32";
    report_.tile = work.tile();
    report_.threads = compute_.threads;
    report_.seed = request_.paint.options.seed;
    report_.warnings = reader_.info().notes;
  }

  const FilmRequest& request_;
  FrameRange range_;
  ComputeNames compute_;
  film::FilmReader reader_;
  film::WriteOptions written_;
  nets::FeatureNet net_;
  std::unique_ptr<const fast::Painter> one_pass_;  ///< until the frames' painter takes it
  Recipe recipe_;
  FilmLog log_;
  std::stop_token stop_;
  std::int64_t began_ = 0;  ///< ticks: start of the first frame asked for
  FilmReport report_;
};

}  // namespace

const OptionTable<FilmOptions>& film_option_table() {
  static const OptionTable<FilmOptions> table{
      {&FilmOptions::frames,
       {"frames",
        "Film",
        "part of the film: A..B, counted from 1, both included; or all",
        "A..B",
        {},
        {},
        {},
        {}}},
      {&FilmOptions::animate_seconds,
       {"animate-seconds",
        "Film",
        "length of the film that --animate makes",
        "s",
        0.1,
        3600,
        {},
        {}}},
      {&FilmOptions::animate_fps,
       {"animate-fps",
        "Film",
        "frames a second of the film that --animate makes",
        "",
        1,
        120,
        {},
        {}}},
  };
  return table;
}

bool is_film(const fs::path& content) {
  return film::is_film(content);
}

FilmReport stylize_film(const FilmRequest& request, const OnProgress& on_progress,
                        std::stop_token stop) {
  check_request(request);
  return Run(request, on_progress, std::move(stop)).paint();
}

}  // namespace atelier::jobs
