// SPDX-License-Identifier: Apache-2.0
#include "atelier/gan/invert.hpp"

#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <cmath>
#include <numbers>

#include "atelier/base/error.hpp"
#include "atelier/base/stopwatch.hpp"
#include "atelier/nets/feature_net.hpp"
#include "gan/painter_content.hpp"
#include "gan/picture_target.hpp"
#include "nets/image_tensor.hpp"

namespace atelier::gan {
namespace {

constexpr double pixel_weight = 10;
constexpr double beta1 = 0.9, beta2 = 0.99, epsilon = 1e-8;

at::Tensor loss_of(const PictureTarget& target, const at::Tensor& painted) {
  return target.features(painted) + pixel_weight * target.pixels(painted);
}

/// Of the mean and so many seeds the one whose picture is nearest.
at::Tensor best_start(const Painter& painter, const PictureTarget& target, int seeds) {
  const at::NoGradGuard no_gradient;
  const Painter::Content& content = painter.content();
  at::Tensor best = content.tensor(painter.mean());
  double least = loss_of(target, content.paint(best)).item<double>();
  for (int seed = 0; seed < seeds; ++seed) {
    const at::Tensor styles = content.tensor(painter.from_seed(static_cast<std::uint64_t>(seed)));
    const double loss = loss_of(target, content.paint(styles)).item<double>();
    if (loss >= least) continue;
    least = loss;
    best = styles;
  }
  return best;
}

}  // namespace

const OptionTable<InvertOptions>& invert_option_table() {
  using O = InvertOptions;
  static const OptionTable<O> table{
      {&O::steps, {"steps", "Search", "steps of the search", "steps", 1, 100000, {}, {}}},
      {&O::seeds,
       {"seeds", "Search", "seeds of which the nearest is begun with", "", 0, 10000, {}, {}}},
      {&O::step_size,
       {"step-size", "Search", "greatest step of a style's number", "", 1e-4, 1, {}, {}}},
      {&O::stay,
       {"stay",
        "Search",
        "pull to where styles usually lie: more breeds better, less is more like the picture",
        "",
        0,
        100,
        {},
        {}}},
  };
  return table;
}

Inverted invert(const Painter& painter, const nets::FeatureNet& vgg, const image::Image& picture,
                const InvertOptions& options, const OnProgress& on_progress, std::stop_token stop) {
  if (picture.width != painter.size() || picture.height != painter.size()) {
    fail(ErrorKind::invalid_argument, "a picture of {} x {} px is not the generator's {} x {}.",
         picture.width, picture.height, painter.size(), painter.size());
  }
  const Painter::Content& content = painter.content();
  const PictureTarget target(vgg.network(), nets::to_tensor(picture, content.device));
  double seconds = 0;
  const Stopwatch watch(seconds);

  at::Tensor styles = best_start(painter, target, options.seeds).requires_grad_(true);
  const at::Tensor all = at::cat(content.styles);
  const at::Tensor mean = all.mean(0).to(content.device);
  const at::Tensor deviation = all.std(0).clamp_min(1e-3).to(content.device);
  at::Tensor first = at::zeros_like(styles), second = at::zeros_like(styles);
  Inverted result;
  while (result.steps < options.steps && !stop.stop_requested()) {
    const at::Tensor far = ((styles - mean) / deviation).square().mean();
    const at::Tensor loss = loss_of(target, content.paint(styles)) + options.stay * far;
    const at::Tensor gradient = torch::autograd::grad({loss}, {styles})[0];
    const at::NoGradGuard no_gradient;
    const double t = ++result.steps;
    first = beta1 * first + (1 - beta1) * gradient;
    second = beta2 * second + (1 - beta2) * gradient.square();
    const double rate =
        options.step_size / 2 * (1 + std::cos(std::numbers::pi * t / options.steps));
    styles.sub_(rate * (first / (1 - std::pow(beta1, t))) /
                ((second / (1 - std::pow(beta2, t))).sqrt() + epsilon));
    if (on_progress) {
      on_progress({.stage = "looking",
                   .done = result.steps,
                   .total = options.steps,
                   .seconds = watch.elapsed(),
                   .remaining = watch.elapsed() / t * (options.steps - t),
                   .values = {{"loss", loss.item<double>()}}});
    }
  }
  const at::NoGradGuard no_gradient;
  const at::Tensor painted = content.paint(styles.detach());
  result.latent = content.latent(styles.detach());
  result.pixel_error = std::sqrt(target.pixels(painted).item<double>());
  result.feature_error = target.features(painted).item<double>();
  return result;
}

}  // namespace atelier::gan
