// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/score.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "nets/image_tensor.hpp"
#include "nets/passes/make_pass.hpp"
#include "style/guides.hpp"
#include "style/losses/losses.hpp"
#include "style/losses/total_variation.hpp"
#include "style/objective.hpp"
#include "style/terms/content_term.hpp"

namespace atelier::style {
namespace {

/// Larger pictures are measured in tiles of this edge, px: the same on every machine, in bounded
/// memory.
constexpr int scored_tile = 1536;

/// total_variation() within a mask: each difference by the mean weight of the two it is between.
double variation_within(const image::Image& picture, const image::Mask& mask) {
  double sum = 0, weight = 0;
  const auto between = [&](std::size_t a, std::size_t b) {
    const double by = 0.5 * (static_cast<double>(mask.values[a]) + mask.values[b]);
    for (std::size_t c = 0; c < 3; ++c) {
      const double step = static_cast<double>(picture.rgb[3 * a + c]) - picture.rgb[3 * b + c];
      sum += by * step * step;
    }
  };
  const auto width = static_cast<std::size_t>(picture.width);
  for (std::size_t i = 0; i < picture.pixels(); ++i) {
    weight += mask.values[i];
    if ((i + 1) % width != 0) between(i, i + 1);
    if (i + width < picture.pixels()) between(i, i + width);
  }
  return sum / (3 * weight);
}

/// The content loss within a guide: relative to the photograph's energy within it.
double content_within(TiledPass& pass, const std::vector<std::string>& layers,
                      const at::Tensor& photograph, const at::Tensor& rgb, const Guide& guide) {
  double whole = 0;
  for (const std::string& layer : layers) {
    double energy = 0, within = 0;
    pass.forward(photograph, nets::WayBack::none, [&](const Tile&, const TiledPass::Views& views) {
      const TiledPass::View& view = views.at(layer);
      const at::Tensor squares = part_of(view.features, view.region).square();
      energy += squares.sum(at::kDouble).item<double>();
      within += (squares * guide.of(layer, view)).sum(at::kDouble).item<double>();
    });
    Scene scene{photograph, {}, {}, guide};
    const auto term = content_term(pass, scene, {layer});
    term->begin();
    pass.forward(rgb, nets::WayBack::none,
                 [&](const Tile& tile, const TiledPass::Views& views) { term->see(tile, views); });
    whole += term->value(false) * energy / std::max(within, 1e-12);
  }
  return whole / static_cast<double>(layers.size());
}

Guide guide_of(const nets::FeatureNet& net, const std::vector<std::string>& layers,
               const image::Mask& mask) {
  SceneMasks masks;
  masks.content = to_tensors({{}, mask, {}}, at::kCPU).content;
  return guided_scene(net, layers, {}, {}, {}, masks).content_guide;
}

void check_mask(const std::optional<image::Mask>& mask, const image::Image& result) {
  if (!mask) return;
  if (mask->width != result.width || mask->height != result.height) {
    fail(ErrorKind::invalid_argument,
         "the mask is {} x {} px and the result {} x {}; they need one size.", mask->width,
         mask->height, result.width, result.height);
  }
  if (std::none_of(mask->values.begin(), mask->values.end(), [](float v) { return v > 0; })) {
    fail(ErrorKind::invalid_argument,
         "the mask is 0 everywhere, so that nothing is left to score.");
  }
}

}  // namespace

Score score(const nets::FeatureNet& net, const image::Image& content, const image::Image& style,
            const image::Image& result, const std::optional<image::Mask>& mask) {
  check_mask(mask, result);
  if (content.width != result.width || content.height != result.height) {
    fail(ErrorKind::invalid_argument,
         "the result is {} x {} px and the content {} x {}; they need one size.", result.width,
         result.height, content.width, content.height);
  }
  const at::NoGradGuard no_gradient;
  StylizeOptions options = with_own_layers({});
  const std::vector<std::string> layers = objective_layers(options);
  TiledPass pass(net.network(), layers,
                 nets::make_pass(net.network(), layers, at::kFloat, "winograd"), scored_tile);
  const at::Tensor rgb = nets::to_tensor(result);

  Score score;
  const at::Tensor photograph = nets::to_tensor(content);
  Guide guide;
  if (mask) {
    guide = guide_of(net, layers, *mask);
    score.tv = variation_within(result, *mask);
    score.content = content_within(pass, options.content_layers, photograph, rgb, guide);
  } else {
    score.tv = total_variation(rgb);
    options.style_weight = 0;
    score.content =
        Objective(pass, options, {photograph, {}, {}}).evaluate(rgb, false).losses.content;
  }
  const std::map<std::string, Moments> targets = pass.moments(nets::to_tensor(style));
  const std::map<std::string, Moments> seen = pass.moments(rgb, guide.layers);
  score.style_layers = options.style_layers;
  for (const auto& layer : score.style_layers) {
    const auto share = 1.0 / static_cast<double>(score.style_layers.size());
    const auto value = [&](const StyleLoss& loss) { return loss(seen.at(layer), false).value; };
    score.gram_by_layer.push_back(value(*gram_loss(targets.at(layer))));
    score.wasserstein_by_layer.push_back(value(*wasserstein_loss(targets.at(layer), Root::exact)));
    score.gram += score.gram_by_layer.back() * share;
    score.wasserstein += score.wasserstein_by_layer.back() * share;
  }
  return score;
}

}  // namespace atelier::style
