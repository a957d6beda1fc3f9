// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/score.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "nets/image_tensor.hpp"
#include "nets/passes/make_pass.hpp"
#include "style/losses/losses.hpp"
#include "style/losses/total_variation.hpp"
#include "style/objective.hpp"

namespace atelier::style {
namespace {

/// Larger pictures are measured in tiles of this edge, px: the same on every machine, in bounded
/// memory.
constexpr int scored_tile = 1536;

}  // namespace

Score score(const nets::FeatureNet& net, const image::Image& content, const image::Image& style,
            const image::Image& result) {
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
  score.tv = total_variation(rgb);
  options.style_weight = 0;
  score.content = Objective(pass, options, {nets::to_tensor(content), {}, {}})
                      .evaluate(rgb, false)
                      .losses.content;
  const std::map<std::string, Moments> targets = pass.moments(nets::to_tensor(style));
  const std::map<std::string, Moments> seen = pass.moments(rgb);
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
