// SPDX-License-Identifier: Apache-2.0
#include "fast/model.hpp"

#include <ATen/ATen.h>

namespace atelier::fast {

StyleBatch style_batch(const std::vector<const StyleStatistics*>& styles, const Standard& standard,
                       at::Device device) {
  StyleBatch batch;
  std::vector<at::Tensor> levels;
  for (const StyleStatistics* style : styles) levels.push_back(style->levels);
  batch.levels = ((at::stack(levels) - standard.mean) / standard.deviation).clamp(-5, 5).to(device);
  for (const StyleLayer& layer : style_layers()) {
    std::vector<at::Tensor> parts;
    for (const StyleStatistics* style : styles) parts.push_back(style->correlations.at(layer.name));
    batch.correlations[layer.name] = at::stack(parts).to(device);
  }
  return batch;
}

Architecture architecture_of(const std::string& name) {
  Architecture architecture;
  if (name == "plain") architecture.mixes = 0;
  return architecture;
}

}  // namespace atelier::fast
