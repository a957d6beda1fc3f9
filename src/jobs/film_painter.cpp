// SPDX-License-Identifier: Apache-2.0
#include "jobs/film_painter.hpp"

#include <cmath>
#include <numeric>
#include <utility>

#include "atelier/vision/flow.hpp"
#include "atelier/vision/trust.hpp"
#include "atelier/vision/warp.hpp"
#include "jobs/masks.hpp"
#include "jobs/one_pass.hpp"

namespace atelier::jobs {
namespace {

/// A film goes on painting what stays in sight, so that its frames get ahead of a still picture's
/// steps. A scene's first frame takes the steps of so many frames more, or its first second would
/// be seen to ripen.
constexpr int steps_ahead = 2;

double mean(const image::Mask& mask) {
  return std::accumulate(mask.values.begin(), mask.values.end(), 0.0) /
         static_cast<double>(mask.values.size());
}

double difference(const image::Image& a, const style::LastPainting& last) {
  double sum = 0, counted = 0;
  for (std::size_t i = 0; i < last.trust.values.size(); ++i) {
    const double trust = last.trust.values[i];
    for (std::size_t c = 3 * i; c < 3 * i + 3; ++c) {
      const double apart = static_cast<double>(a.rgb[c]) - last.moved.rgb[c];
      sum += trust * apart * apart;
    }
    counted += 3 * trust;
  }
  return counted > 0 ? std::sqrt(sum / counted) : 0;
}

}  // namespace

FilmPainter::FilmPainter(nets::FeatureNet net, style::StylizePictures shared,
                         style::StylizeOptions options,
                         std::unique_ptr<const fast::Painter> one_pass)
    : net_(std::move(net)),
      one_pass_(std::move(one_pass)),
      shared_(std::move(shared)),
      options_(std::move(options)) {
  shared_.statistics = std::make_shared<style::StyleStatistics>();
  if (one_pass_) one_threaded_torch_.emplace();
}

FilmPainter::Painted FilmPainter::paint(image::Image frame, const style::OnStep& on_step,
                                        std::stop_token stop) {
  settle(frame, stop);
  look_for_faces(frame);
  if (one_pass_) return paint_by_itself(std::move(frame));
  Painted painted;
  painted.fresh = cuts_.cut_before(frame) || !painting_;
  std::optional<style::LastPainting> last;
  if (!painted.fresh) {
    const vision::Motion motion = vision::motion_between(*frame_, frame);
    last = {vision::warped(*painting_, motion.back), vision::trusted(motion)};
    painted.kept = mean(last->trust);
  }
  style::StylizePictures pictures = shared_;
  pictures.content = frame;
  pictures.last = last;
  style::StylizeOptions options = frame_options_;
  options.tile = options_.tile;
  options.engine = options_.engine;
  if (painted.fresh) options.iterations += steps_ahead * options.frame_iterations;
  painted.result =
      style::stylize(net_, std::move(pictures), options, on_step, std::move(stop), &memory_);
  options_.tile = painted.result.tile;
  options_.engine = painted.result.engine;
  if (last) painted.change = difference(painted.result.image, *last);
  frame_ = std::move(frame);
  painting_ = painted.result.image;
  return painted;
}

FilmPainter::Painted FilmPainter::paint_by_itself(image::Image frame) {
  Painted painted;
  const bool cut = cuts_.cut_before(frame);
  painted.fresh = cut || (looks_.empty() && !scene_);
  if (painted.fresh) {
    looks_.clear();
    scene_.reset();
  }
  style::StylizePictures pictures = shared_;
  if (scene_) {  // a run that goes on: frames look as those before them do
    pictures.content = *std::exchange(scene_, std::nullopt);
    static_cast<void>(paint_in_one_pass(*one_pass_, pictures, frame_options_, &looks_));
  }
  pictures.content = std::move(frame);
  painted.result = paint_in_one_pass(*one_pass_, std::move(pictures), frame_options_, &looks_);
  return painted;
}

void FilmPainter::settle(const image::Image& first, const std::stop_token& stop) {
  if (std::exchange(settled_, true)) return;
  shared_.content = first;
  shared_.masks = load_masks(options_, first, shared_.styles.size()).masks;
  frame_options_ = options_;
  style::settle_for_frames(net_, shared_, frame_options_, stop);
}

void FilmPainter::look_for_faces(const image::Image& frame) {
  if (!style::protects_faces(options_)) return;
  shared_.masks = load_masks(options_, frame, shared_.styles.size()).masks;
}

void FilmPainter::skip(image::Image frame, bool fresh, std::optional<image::Image> painting) {
  settle(frame, {});
  cuts_.pass_over(frame);
  if (one_pass_) {
    if (fresh) scene_ = std::move(frame);
    return;
  }
  frame_ = std::move(frame);
  painting_ = std::move(painting);
}

}  // namespace atelier::jobs
