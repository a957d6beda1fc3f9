// SPDX-License-Identifier: Apache-2.0
#include "atelier/jobs/animate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "atelier/base/error.hpp"
#include "atelier/base/resources.hpp"
#include "atelier/film/rate.hpp"
#include "atelier/style/animation.hpp"
#include "jobs/compute.hpp"
#include "jobs/film_log.hpp"
#include "jobs/film_report.hpp"
#include "jobs/inputs.hpp"
#include "jobs/make_recipe.hpp"
#include "jobs/masks.hpp"
#include "jobs/one_pass.hpp"
#include "jobs/output_paths.hpp"

namespace atelier::jobs {
namespace {

/// Paintings between one style and the next, the next's own included.
constexpr int steps_between = 12;
/// Of the time, at either end.
constexpr double standing = 1.0 / 12;

void check_request(const AnimateRequest& request) {
  const StylizeRequest& paint = request.paint;
  style::check_options(paint.options, paint.styles.size());
  check_paths(paint, Output::film);
  if (in_one_pass(paint.options)) {
    fail(ErrorKind::invalid_argument,
         "--animate shows the steps to a painting, and --method fast takes none; leave one out.");
  }
  if (begins_in_one_pass(paint.options)) {
    fail(ErrorKind::invalid_argument,
         "--animate shows the way from the photograph, and --init fast skips it; leave one out.");
  }
  if (is_film(paint.content)) {
    fail(ErrorKind::invalid_argument,
         "--animate makes a film of a still picture, and {} is a film; leave --animate out.",
         paint.content.string());
  }
  if (paint.styles.size() > 1 && !paint.options.blend.empty()) {
    fail(ErrorKind::invalid_argument,
         "--blend mixes styles, and --animate goes from one to the next; leave one out.");
  }
  if (paint.styles.size() > 1 &&
      (!paint.options.style_mask.empty() || !paint.options.style_map.empty())) {
    fail(ErrorKind::invalid_argument,
         "{} gives each style its place, and --animate goes from one to the next; leave one out.",
         paint.options.style_mask.empty() ? "--style-map" : "--style-mask");
  }
}

film::WriteOptions write_options(const AnimateRequest& request) {
  film::WriteOptions options;
  options.rate = film::rate_of(request.film.animate_fps);
  options.encode = request.encode;
  return options;
}

class Run {
 public:
  Run(const AnimateRequest& request, const OnProgress& on_progress, std::stop_token stop)
      : request_(request),
        options_(request.paint.options),
        compute_(set_up_compute(request.paint.options.device, request.paint.options.threads)),
        content_(load_picture(request.paint.content, request.paint.options.size)),
        pictures_(load_pictures_for(request.paint, {content_.width, content_.height})),
        net_(load_backbone(request.paint.options)),
        log_(request.paint.extras, on_progress),
        stop_(std::move(stop)) {
    content_.alpha.clear();
    pictures_.content = content_;
    LoadedMasks loaded = load_masks(request.paint.options, content_, pictures_.styles.size());
    pictures_.masks = std::move(loaded.masks);
    pictures_.statistics = std::make_shared<style::StyleStatistics>();
  }

  FilmReport make() {
    style::settle_for_frames(net_, pictures_, options_, stop_);
    Recipe recipe = make_recipe(request_.paint, net_, nullptr, compute_);
    recipe.film = film_part(request_.film, request_.encode);
    recipe.film["animate"] = true;
    if (pictures_.styles.size() == 1) {
      unveil();
    } else {
      from_style_to_style();
    }
    if (!stopped_) {
      recipe.options.tile = last_.tile;
      recipe.options.engine = last_.engine;
      report_.precision = recipe.precision = last_.engine == "bf16" ? "bf16" : "fp32";
      write(to_json(recipe).dump());
    }
    return report();
  }

 private:
  /// A painting and its steps; counts what all of them do.
  style::StylizeResult paint(style::StylizePictures pictures, const style::StylizeOptions& options,
                             std::int64_t number, std::int64_t of,
                             const style::OnStep& on_step = {}) {
    const auto result = style::stylize(
        net_, std::move(pictures), options,
        [&](const style::Step& step, const std::function<image::Image()>& picture) {
          log_.step(step, number, of);
          if (on_step) on_step(step, picture);
        },
        stop_, &memory_);
    report_.iterations += result.iterations;
    stopped_ = stopped_ || result.stop_reason == style::StopReason::cancelled;
    return result;
  }

  void unveil() {
    style::Unveiling unveiling(content_, options_);
    ways_.emplace_back();
    ways_.front().add(content_);
    last_ = paint(pictures_, options_, 0, 1,
                  [&](const style::Step& step, const std::function<image::Image()>& picture) {
                    ways_.front().add(unveiling.shown(step, picture()));
                  });
    ways_.front().add(last_.image, /*kept=*/true);
  }

  void from_style_to_style() {
    const std::size_t styles = pictures_.styles.size();
    const auto of = static_cast<std::int64_t>(1 + (styles - 1) * steps_between);
    style::StylizeOptions options = options_;
    std::int64_t number = 0;
    const auto weigh = [&](std::size_t style, double next) {
      options.blend.assign(styles, 0.0);
      options.blend[style] = 1 - next;
      if (style + 1 < styles) options.blend[style + 1] = next;
      memory_ = {};  // it knows the weights before
    };
    weigh(0, 0);
    last_ = paint(pictures_, options, number++, of);
    options.temporal_weight = 0;
    image::Mask everywhere{content_.width, content_.height,
                           std::vector<float>(content_.pixels(), 1.0F)};
    for (std::size_t style = 0; style + 1 < styles; ++style) {
      style::Way& way = ways_.emplace_back();
      way.add(last_.image);
      for (int i = 1; i <= steps_between && !stopped_; ++i) {
        weigh(style, static_cast<double>(i) / steps_between);
        style::StylizePictures pictures = pictures_;
        pictures.last = {last_.image, everywhere};
        // The last one is not only passed through, but arrived at.
        options.frame_iterations = options_.frame_iterations * (i == steps_between ? 3 : 1);
        last_ = paint(std::move(pictures), options, number++, of);
        way.add(last_.image, /*kept=*/i == steps_between);
      }
    }
  }

  /// The picture at a share of the time.
  [[nodiscard]] image::Image at(double time) const {
    const double moving = std::clamp((time - standing) / (1 - 2 * standing), 0.0, 1.0);
    const double way = moving * static_cast<double>(ways_.size());
    const auto which = std::min(static_cast<std::size_t>(way), ways_.size() - 1);
    return ways_[which].at(way - static_cast<double>(which));
  }

  void write(std::string recipe) {
    log_.stage("writing the film");
    film::WriteOptions options = write_options(request_);
    options.size = {content_.width, content_.height};
    options.recipe = std::move(recipe);
    film::FilmWriter writer(request_.paint.output, options);
    const auto frames = std::max<std::int64_t>(
        2, std::llround(request_.film.animate_seconds * request_.film.animate_fps));
    for (std::int64_t i = 0; i < frames; ++i) {
      writer.add(at(static_cast<double>(i) / static_cast<double>(frames - 1)));
    }
    writer.finish();
    report_.frames = report_.frames_asked = frames;
    report_.warnings = writer.notes();
  }

  FilmReport report() {
    report_.output = request_.paint.output;
    report_.width = content_.width;
    report_.height = content_.height;
    report_.seconds = log_.seconds();
    report_.losses = last_.losses;
    report_.stop_reason = stopped_ ? "cancelled" : "iterations";
    report_.peak_rss_bytes = peak_rss_bytes();
    report_.device = compute_.device;
    report_.engine = last_.engine;
    report_.tile = last_.tile;
    report_.threads = compute_.threads;
    report_.seed = request_.paint.options.seed;
    const auto& notes = log_.finish();
    report_.warnings.insert(report_.warnings.end(), notes.begin(), notes.end());
    return std::move(report_);
  }

  const AnimateRequest& request_;
  style::StylizeOptions options_;  // of all paintings
  ComputeNames compute_;
  image::Image content_;
  style::StylizePictures pictures_;
  nets::FeatureNet net_;
  FilmLog log_;
  std::stop_token stop_;
  style::StyleMemory memory_;
  std::vector<style::Way> ways_;  // one a style, or from each style to the next
  style::StylizeResult last_;
  bool stopped_ = false;
  FilmReport report_;
};

}  // namespace

FilmReport animate(const AnimateRequest& request, const OnProgress& on_progress,
                   std::stop_token stop) {
  check_request(request);
  film::check_film_output(request.paint.output, write_options(request));
  return Run(request, on_progress, std::move(stop)).make();
}

}  // namespace atelier::jobs
