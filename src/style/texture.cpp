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
  fine.strides = options.strides;
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

void take_texture(const nets::FeatureNet& net, StylizePictures& pictures,
                  const StylizeOptions& options, const std::stop_token& stop) {
  if (!pictures.texture) return;
  const StylizeOptions fine = texture_options(options);
  for (image::Image& style : pictures.styles) {
    StylizePictures one;
    one.content = std::move(style);
    one.content.alpha.clear();
    one.styles.push_back(*pictures.texture);
    style = stylize(net, std::move(one), fine, {}, stop).image;
  }
  pictures.texture.reset();
}

}  // namespace atelier::style
