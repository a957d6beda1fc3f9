// SPDX-License-Identifier: Apache-2.0
#include "style/texture.hpp"

#include <algorithm>
#include <utility>

namespace atelier::style {
namespace {

constexpr std::size_t fine_layers = 2;

}  // namespace

StylizeOptions texture_options(const StylizeOptions& options) {
  StylizeOptions fine;
  fine.backbone = options.backbone;
  fine.pooling = options.pooling;
  fine.padding = options.padding;
  if (options.loss == "gram") fine.loss = options.loss;
  fine.optimizer = options.optimizer;
  fine.step_size = options.step_size;
  fine.iterations = options.iterations;
  fine.scale_step = options.scale_step;
  fine.seed = options.seed;
  fine.tile = options.tile;
  fine.engine = options.engine;
  fine.device = options.device;
  fine.threads = options.threads;
  fine.content_weight = 0;
  fine.tv_weight = 0;
  fine.style_layers = options.style_layers;
  fine.style_layers.resize(std::min(fine_layers, fine.style_layers.size()));
  fine.min_size = 65536;  // so that there is no smaller size to begin with
  return fine;
}

StylizePictures textured(image::Image& style, const image::Image& texture) {
  StylizePictures pictures;
  pictures.content = std::move(style);
  pictures.content.alpha.clear();
  pictures.styles.push_back(texture);
  return pictures;
}

}  // namespace atelier::style
