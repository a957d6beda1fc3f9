// SPDX-License-Identifier: Apache-2.0
#include "style/tiled_pass.hpp"

#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "atelier/base/stopwatch.hpp"
#include "style/held_statistics.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {

image::Size size_of(const at::Tensor& rgb) {
  return {static_cast<int>(rgb.size(3)), static_cast<int>(rgb.size(2))};
}

at::Tensor part_of(const at::Tensor& picture, const Region& r) {
  return picture.narrow(2, r.top, r.bottom - r.top).narrow(3, r.left, r.right - r.left);
}

TiledPass::TiledPass(const nets::Network& net, std::vector<std::string> layers,
                     std::unique_ptr<nets::Pass> pass, int tile)
    : net_(net),
      layers_(std::move(layers)),
      pass_(std::move(pass)),
      tile_(tile),
      reach_(net.reach(layers_)) {
  for (const auto& layer : layers_) {
    strides_[layer] = net.stride(layer);
    stride_ = std::max(stride_, strides_[layer]);
  }
}

std::vector<Tile> TiledPass::tiles(image::Size picture) const {
  return plan_tiles(picture, tile_, stride_, reach_);
}

int TiledPass::tile_count(image::Size picture) const {
  return static_cast<int>(tiles(picture).size());
}

image::Size TiledPass::layer_size(const std::string& layer, image::Size picture) const {
  return {net_.positions(layer, picture.width), net_.positions(layer, picture.height)};
}

void TiledPass::forward(const at::Tensor& rgb, nets::WayBack way_back, const See& see) {
  const image::Size size = size_of(rgb);
  for (const Tile& tile : tiles(size)) {
    Views views;
    const nets::Features& seen = [&]() -> const nets::Features& {
      const Stopwatch watch(seconds_.forward);
      return pass_->forward(part_of(rgb, tile.patch), way_back);
    }();
    for (const auto& [layer, features] : seen) {
      const int stride = strides_.at(layer);
      const Region region = core_of_layer(tile, size, stride, static_cast<int>(features.size(2)),
                                          static_cast<int>(features.size(3)));
      const image::Size whole = layer_size(layer, size);
      const int top = std::min(tile.core.top / stride, whole.height);
      const int left = std::min(tile.core.left / stride, whole.width);
      const Region place{top, left, top + region.bottom - region.top,
                         left + region.right - region.left};
      views[layer] = {features, region, place};
    }
    tensor::let_go(rgb);
    see(tile, views);
  }
}

at::Tensor TiledPass::backward(const nets::Features& gradients) {
  const Stopwatch watch(seconds_.backward);
  return pass_->backward(gradients);
}

void TiledPass::remember_in(std::shared_ptr<StyleStatistics> statistics, std::string name) {
  statistics_ = std::move(statistics);
  statistics_name_ = fmt::format("{} {} {}", name, fmt::join(layers_, ","), tile_);
}

std::map<std::string, Moments> TiledPass::moments(
    const at::Tensor& rgb, const std::map<std::string, at::Tensor>& weights) {
  if (!statistics_ || !weights.empty()) return computed_moments({rgb}, weights);
  return statistics_->held().get(name_of_picture(rgb) + " " + statistics_name_,
                                 [&] { return computed_moments({rgb}, weights); });
}

std::map<std::string, Moments> TiledPass::moments(const std::vector<at::Tensor>& pictures) {
  return computed_moments(pictures, {});
}

std::map<std::string, Moments> TiledPass::computed_moments(
    const std::vector<at::Tensor>& pictures, const std::map<std::string, at::Tensor>& weights) {
  std::map<std::string, MomentSums> sums;
  for (const at::Tensor& rgb : pictures) {
    forward(rgb, nets::WayBack::none, [&](const Tile&, const Views& views) {
      for (const auto& [layer, view] : views) {
        const auto of_layer = weights.find(layer);
        sums[layer].add(
            view.features, view.region,
            of_layer == weights.end() ? at::Tensor() : part_of(of_layer->second, view.place));
      }
    });
  }
  std::map<std::string, Moments> moments;
  for (const auto& [layer, of_layer] : sums) moments[layer] = of_layer.moments();
  return moments;
}

}  // namespace atelier::style
