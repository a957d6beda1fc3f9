// SPDX-License-Identifier: Apache-2.0
#include "style/terms/tile_gradient.hpp"

#include <ATen/ATen.h>

#include "style/losses/statistics.hpp"
#include "tensor/activations.hpp"

namespace atelier::style {

void TileGradient::add_map(const std::string& layer, const at::Tensor& matrix,
                           const at::Tensor& offset) {
  Map& map = maps_[layer];
  map.matrix = map.matrix.defined() ? map.matrix + matrix : matrix;
  map.offset = map.offset.defined() ? map.offset + offset : offset;
}

void TileGradient::add(const std::string& layer, const at::Tensor& part) {
  at::Tensor& sum = parts_[layer];
  if (sum.defined()) {
    sum.add_(part);
  } else {
    sum = part;
  }
}

at::Tensor& TileGradient::part(const std::string& layer) {
  at::Tensor& sum = parts_[layer];
  if (!sum.defined()) {
    const TiledPass::View& view = views_.at(layer);
    sum = at::zeros_like(part_of(view.features, view.region));
  }
  return sum;
}

at::Tensor TileGradient::mapped(const TiledPass::View& view, const Map& map) const {
  const auto& [features, region, place] = view;
  const auto activations = tensor::as_activations(features);
  if (pass_.takes_gradients_in_place() && activations) {
    if (map.matrix.defined()) {
      const at::Tensor matrix = map.matrix.contiguous(), offset = map.offset.contiguous();
      tensor::AffineMap(matrix.data_ptr<double>(), offset.data_ptr<double>(), activations->channels)
          .apply(*activations, region);
    } else {
      features.zero_();
    }
    return features;
  }
  const at::Tensor result = at::zeros_like(features);
  if (map.matrix.defined()) {
    const at::Tensor f = positions(features, region);
    const at::Tensor values =
        map.matrix.to(f.options()).mm(f) + map.offset.to(f.options()).unsqueeze(1);
    at::Tensor part = part_of(result, region);
    part.copy_(values.view({1, values.size(0), part.size(2), part.size(3)}));
  }
  return result;
}

nets::Features TileGradient::finish() && {
  nets::Features gradients;
  for (const auto& [layer, view] : views_) {
    const auto map = maps_.find(layer);
    const auto part = parts_.find(layer);
    if (map == maps_.end() && part == parts_.end()) continue;
    at::Tensor& gradient = gradients[layer];
    gradient = mapped(view, map == maps_.end() ? Map{} : map->second);
    if (part != parts_.end()) part_of(gradient, view.region).add_(part->second);
  }
  return gradients;
}

}  // namespace atelier::style
