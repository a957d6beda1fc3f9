// SPDX-License-Identifier: Apache-2.0
#include "fast/style_statistics.hpp"

#include <ATen/ATen.h>

namespace atelier::fast {

const std::vector<StyleLayer>& style_layers() {
  static const std::vector<StyleLayer> layers{
      {"relu1_1", 64}, {"relu2_1", 128}, {"relu3_1", 256}, {"relu4_1", 512}, {"relu5_1", 512}};
  return layers;
}

std::int64_t level_count() {
  std::int64_t count = 0;
  for (const StyleLayer& layer : style_layers()) count += 2 * layer.channels + 1;
  return count;
}

StyleStatistics style_statistics(const std::map<std::string, style::Moments>& moments,
                                 const Colours& colours) {
  constexpr double least = 0.02;
  StyleStatistics statistics;
  statistics.colours = colours;
  std::vector<at::Tensor> levels;
  for (const StyleLayer& layer : style_layers()) {
    const style::Moments& seen = moments.at(layer.name);
    const at::Tensor variance = at::diagonal(seen.covariance).clamp_min(0);
    const at::Tensor energy = (variance + seen.mean.square()).mean().sqrt().clamp_min(1e-6);
    const at::Tensor deviation = variance.sqrt();
    levels.push_back((seen.mean / energy).clamp_min(0).add(least).log());
    levels.push_back((deviation / energy).add(least).log());
    levels.push_back(energy.log().view({1}));
    const at::Tensor inverse = at::where(deviation > 1e-6 * energy, 1 / deviation.clamp_min(1e-12),
                                         at::zeros_like(deviation));
    statistics.correlations[layer.name] =
        (seen.covariance * inverse.unsqueeze(0) * inverse.unsqueeze(1)).to(at::kFloat);
  }
  statistics.levels = at::cat(levels).to(at::kFloat);
  return statistics;
}

}  // namespace atelier::fast
