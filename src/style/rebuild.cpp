// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/rebuild.hpp"

#include <algorithm>
#include <utility>

#include "atelier/style/stylize.hpp"

namespace atelier::style {
namespace {

/// The network, machine and chance of `from`, everything else by default.
StylizeOptions bare(const StylizeOptions& from) {
  StylizeOptions options;
  for (const auto& entry : stylize_option_table().entries()) {
    if (entry.spec.group == "Network" || entry.spec.group == "Machine")
      entry.set(options, entry.get(from));
  }
  options.seed = from.seed;
  options.init = "noise";
  return options;
}

}  // namespace

image::Image rebuild_texture(const nets::FeatureNet& net, const image::Image& style, int size,
                             const std::string& layer, const StylizeOptions& from,
                             std::stop_token stop) {
  StylizeOptions options = bare(from);
  options.loss = from.loss;
  options.content_weight = 0;
  options.tv_weight = 0;
  options.style_layers = {layer};
  options.size = size;
  options.min_size = std::max(size / 4, 16);
  options.first_iterations = 60;
  options.iterations = 30;
  // The painting keeps its own scale of strokes, whatever part of it the square holds.
  options.style_scale = static_cast<double>(std::max(style.width, style.height)) / size;
  // Without detail, since each scale takes over some of the photograph's.
  StylizePictures pictures;
  pictures.content = {size, size, std::vector<float>(std::size_t(3) * size * size, 0.5F), {}};
  pictures.styles = {style};
  return stylize(net, std::move(pictures), options, {}, std::move(stop)).image;
}

image::Image rebuild_content(const nets::FeatureNet& net, const image::Image& content,
                             const std::string& layer, const StylizeOptions& from,
                             std::stop_token stop) {
  StylizeOptions options = bare(from);
  options.content_weight = 1;
  options.style_weight = 0;
  options.tv_weight = 0.005;
  options.content_layers = {layer};
  options.min_size = std::max(content.width, content.height);  // one size
  options.iterations = 120;
  StylizePictures pictures;
  pictures.content = content;
  pictures.content.alpha.clear();
  pictures.styles = {pictures.content};
  return stylize(net, std::move(pictures), options, {}, std::move(stop)).image;
}

}  // namespace atelier::style
