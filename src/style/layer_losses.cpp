// SPDX-License-Identifier: Apache-2.0
#include "style/layer_losses.hpp"

#include "style/objective.hpp"

namespace atelier::style {

LayerLosses layer_losses(TiledPass& pass, const StylizeOptions& options, const Scene& scene,
                         const at::Tensor& rgb) {
  LayerLosses losses;
  const auto evaluate = [&](const StylizeOptions& alone) {
    return Objective(pass, alone, scene).evaluate(rgb, /*with_gradient=*/false).losses;
  };
  if (options.content_weight > 0) {
    for (const std::string& layer : options.content_layers) {
      StylizeOptions alone = options;
      alone.style_weight = 0;
      alone.content_layers = {layer};
      losses.content.push_back({layer, evaluate(alone).content});
    }
  }
  if (options.style_weight > 0) {
    for (const std::string& layer : options.style_layers) {
      StylizeOptions alone = options;
      alone.content_weight = 0;
      alone.style_layers = {layer};
      losses.style.push_back({layer, evaluate(alone).style});
    }
  }
  return losses;
}

}  // namespace atelier::style
