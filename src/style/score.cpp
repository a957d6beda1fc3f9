// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/score.hpp"

#include <ATen/ATen.h>

#include "atelier/base/error.hpp"
#include "atelier/nets/feature_net.hpp"
#include "atelier/style/options.hpp"
#include "nets/image_tensor.hpp"
#include "nets/vgg.hpp"
#include "style/losses/losses.hpp"

namespace atelier::style {

Score score(const nets::FeatureNet& net, const image::Image& content, const image::Image& style,
            const image::Image& result) {
  if (content.width != result.width || content.height != result.height) {
    fail(ErrorKind::invalid_argument,
         "the result is {} x {} px and the content {} x {}; they need one size.", result.width,
         result.height, content.width, content.height);
  }
  const at::NoGradGuard no_gradient;
  const StylizeOptions layers;
  std::vector<std::string> wanted = layers.style_layers;
  wanted.insert(wanted.end(), layers.content_layers.begin(), layers.content_layers.end());
  const auto content_features = net.vgg().forward(nets::to_tensor(content), layers.content_layers);
  const auto style_features = net.vgg().forward(nets::to_tensor(style), layers.style_layers);
  const at::Tensor rgb = nets::to_tensor(result);
  const auto features = net.vgg().forward(rgb, wanted);

  Score score;
  score.tv = total_variation(rgb).item<double>();
  for (const auto& layer : layers.content_layers) {
    score.content +=
        (*content_loss(content_features.at(layer)))(features.at(layer)).item<double>() /
        static_cast<double>(layers.content_layers.size());
  }
  score.style_layers = layers.style_layers;
  // Double precision from the activations on: differences of nearly equal covariances are what
  // counts.
  for (const auto& layer : layers.style_layers) {
    const at::Tensor target = style_features.at(layer).to(at::kDouble);
    const at::Tensor seen = features.at(layer).to(at::kDouble);
    score.gram_by_layer.push_back((*gram_loss(target))(seen).item<double>());
    score.wasserstein_by_layer.push_back(
        (*wasserstein_loss(target, Root::exact))(seen).item<double>());
    score.gram += score.gram_by_layer.back() / static_cast<double>(layers.style_layers.size());
    score.wasserstein +=
        score.wasserstein_by_layer.back() / static_cast<double>(layers.style_layers.size());
  }
  return score;
}

}  // namespace atelier::style
