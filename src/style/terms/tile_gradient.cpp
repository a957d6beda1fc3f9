// SPDX-License-Identifier: Apache-2.0
#include "style/terms/tile_gradient.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "style/losses/statistics.hpp"
#include "tensor/activations.hpp"

namespace atelier::style {

void TileGradient::add_map(const std::string& layer, const at::Tensor& matrix,
                           const at::Tensor& offset, const at::Tensor& weights) {
  std::vector<Map>& maps = maps_[layer];
  // Those that count everywhere become one.
  const auto same =
      weights.defined() ? maps.end() : std::find_if(maps.begin(), maps.end(), [](const Map& map) {
        return !map.weights.defined();
      });
  if (same == maps.end()) {
    maps.push_back({matrix, offset, weights});
  } else {
    same->matrix = same->matrix + matrix;
    same->offset = same->offset + offset;
  }
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

at::Tensor TileGradient::mapped(const TiledPass::View& view, const std::vector<Map>& maps) const {
  const auto& [features, region, place] = view;
  const auto activations = tensor::as_activations(features);
  if (pass_.takes_gradients_in_place() && activations) {
    std::vector<tensor::AffineMap> affine;
    for (const Map& map : maps) {
      const at::Tensor matrix = map.matrix.contiguous(), offset = map.offset.contiguous();
      affine.emplace_back(matrix.data_ptr<double>(), offset.data_ptr<double>(),
                          activations->channels);
    }
    std::vector<tensor::WeightedMap> weighted;
    for (std::size_t i = 0; i < maps.size(); ++i) {
      weighted.push_back({&affine[i], position_weights(maps[i].weights)});
    }
    tensor::apply_weighted(weighted, *activations, region);
    return features;
  }
  const at::Tensor result = at::zeros_like(features);
  at::Tensor part = part_of(result, region);
  for (const Map& map : maps) {
    const at::Tensor f = positions(features, region);
    at::Tensor values = map.matrix.to(f.options()).mm(f) + map.offset.to(f.options()).unsqueeze(1);
    if (map.weights.defined()) values = values * map.weights.to(f.options()).reshape({1, -1});
    part.add_(values.view({1, values.size(0), part.size(2), part.size(3)}));
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
    gradient = mapped(view, map == maps_.end() ? std::vector<Map>{} : map->second);
    if (part != parts_.end()) part_of(gradient, view.region).add_(part->second);
  }
  return gradients;
}

}  // namespace atelier::style
