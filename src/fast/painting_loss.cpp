// SPDX-License-Identifier: Apache-2.0
#include "fast/painting_loss.hpp"

#include <ATen/ATen.h>

namespace atelier::fast {

std::vector<std::string> loss_layers() {
  std::vector<std::string> layers{content_layer};
  for (const StyleLayer& layer : style_layers()) layers.emplace_back(layer.name);
  return layers;
}

void add(PaintingValue& to, const PaintingValue& value, double share) {
  to.content += share * value.content;
  to.style += share * value.style;
  to.tv += share * value.tv;
  to.total += share * value.total;
}

}  // namespace atelier::fast
