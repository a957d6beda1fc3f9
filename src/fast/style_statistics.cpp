// SPDX-License-Identifier: Apache-2.0
#include "fast/style_statistics.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

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

std::vector<at::Tensor> studied_parts(const at::Tensor& rgb) {
  constexpr std::int64_t edge = 320, most_in_parts = 800'000;
  const std::int64_t height = rgb.size(2), width = rgb.size(3);
  if (height * width <= most_studied_pixels) return {rgb};
  const std::int64_t across = std::min(edge, width), down = std::min(edge, height);
  const std::int64_t most = most_in_parts / (across * down);
  const double shape = static_cast<double>(width) / static_cast<double>(height);
  const auto columns =
      std::clamp<std::int64_t>(std::llround(std::sqrt(static_cast<double>(most) * shape)), 1,
                               std::min(most, width / across));
  const std::int64_t rows = std::clamp<std::int64_t>(most / columns, 1, height / down);
  // The middles of rows x columns equal cells, as far as the edges allow.
  const auto begin = [](std::int64_t i, std::int64_t count, std::int64_t length,
                        std::int64_t part) {
    return std::clamp<std::int64_t>((2 * i + 1) * length / (2 * count) - part / 2, 0,
                                    length - part);
  };
  std::vector<at::Tensor> parts;
  for (std::int64_t y = 0; y < rows; ++y) {
    for (std::int64_t x = 0; x < columns; ++x) {
      parts.push_back(rgb.narrow(2, begin(y, rows, height, down), down)
                          .narrow(3, begin(x, columns, width, across), across));
    }
  }
  return parts;
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
