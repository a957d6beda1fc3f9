// SPDX-License-Identifier: Apache-2.0
#include "fast/painting_loss.hpp"

#include <ATen/ATen.h>

namespace atelier::fast {

std::vector<std::string> loss_layers() {
  std::vector<std::string> layers{content_layer};
  for (const StyleLayer& layer : style_layers()) layers.emplace_back(layer.name);
  return layers;
}

StyleTarget style_target(const std::map<std::string, style::Moments>& moments,
                         const at::Tensor& painting) {
  StyleTarget target;
  for (const StyleLayer& layer : style_layers()) {
    const style::Moments& seen = moments.at(layer.name);
    target.losses[layer.name] = style::wasserstein_loss(seen, style::Root::smooth);
    target.near[layer.name] = seen.mean;
  }
  target.statistics = style_statistics(moments, colours_of(painting));
  target.painting = painting;
  return target;
}

void add(PaintingValue& to, const PaintingValue& value, double share) {
  to.content += share * value.content;
  to.style += share * value.style;
  to.tv += share * value.tv;
  to.total += share * value.total;
}

}  // namespace atelier::fast
