// SPDX-License-Identifier: Apache-2.0
#include "fast/painting_loss.hpp"

#include <ATen/ATen.h>

#include "nets/passes/make_pass.hpp"
#include "style/losses/total_variation.hpp"
#include "style/terms/tile_gradient.hpp"

namespace atelier::fast {
namespace {

constexpr const char* content_layer = "relu4_2";

style::TiledPass pass_to(const nets::Network& net, const std::vector<std::string>& layers,
                         at::Device device) {
  const auto options = at::TensorOptions().dtype(at::kFloat).device(device);
  return {net, layers, nets::make_pass(net, layers, options), 0};
}

std::vector<std::string> all_layers() {
  std::vector<std::string> layers{content_layer};
  for (const StyleLayer& layer : style_layers()) layers.emplace_back(layer.name);
  return layers;
}

double squares(const at::Tensor& x) {
  return x.square().sum(at::kDouble).item<double>();
}

}  // namespace

PaintingLoss::PaintingLoss(const nets::Network& net, const PaintingWeights& weights,
                           at::Device device)
    : weights_(weights),
      photo_pass_(pass_to(net, {content_layer}, device)),
      pass_(pass_to(net, all_layers(), device)) {}

StyleTarget PaintingLoss::target(const at::Tensor& painting) {
  const at::NoGradGuard no_gradient;
  std::map<std::string, style::Moments> moments = pass_.moments(painting);
  StyleTarget target;
  for (const StyleLayer& layer : style_layers()) {
    const style::Moments& seen = moments.at(layer.name);
    target.losses[layer.name] = style::wasserstein_loss(seen, style::Root::smooth);
    target.near[layer.name] = seen.mean;
  }
  target.painting = painting;
  target.statistics = style_statistics(moments, colours_of(painting));
  return target;
}

StyleStatistics PaintingLoss::statistics(const at::Tensor& painting) {
  const at::NoGradGuard no_gradient;
  return style_statistics(pass_.moments(painting), colours_of(painting));
}

PaintingValue PaintingLoss::operator()(const at::Tensor& painted, const at::Tensor& photo,
                                       const StyleTarget& target, bool with_gradient) {
  const at::NoGradGuard no_gradient;
  PaintingValue result;
  at::Tensor photograph;
  photo_pass_.forward(photo, nets::WayBack::none,
                      [&](const style::Tile&, const style::TiledPass::Views& views) {
                        photograph = views.at(content_layer).features.clone();
                      });
  const auto way_back = with_gradient ? nets::WayBack::follows : nets::WayBack::none;
  pass_.forward(painted, way_back, [&](const style::Tile&, const style::TiledPass::Views& views) {
    style::TileGradient gradient(pass_.pass(), views);
    const auto layers = static_cast<double>(style_layers().size());
    for (const StyleLayer& layer : style_layers()) {
      const style::TiledPass::View& view = views.at(layer.name);
      style::MomentSums sums(target.near.at(layer.name));
      sums.add(view.features, view.region);
      const style::Moments seen = sums.moments();
      const auto value = (*target.losses.at(layer.name))(seen, with_gradient);
      result.style += value.value / layers;
      if (!with_gradient) continue;
      // d/df of a function of mean m and covariance C of n positions: (by_m + 2 by_C (f - m)) / n.
      const double factor = weights_.style / (layers * seen.positions);
      const at::Tensor matrix = value.by_covariance * (2 * factor);
      gradient.add_map(layer.name, matrix, value.by_mean * factor - matrix.mv(seen.mean));
    }
    const double energy = std::max(squares(photograph), 1e-12);
    const at::Tensor off = views.at(content_layer).features - photograph;
    result.content = squares(off) / energy;
    if (!with_gradient) return;
    gradient.add(content_layer, off * (2 * weights_.content / energy));
    result.gradient =
        pass_.backward(std::move(gradient).finish()).contiguous(at::MemoryFormat::ChannelsLast);
  });
  result.tv = style::total_variation(painted, weights_.tv, result.gradient);
  result.total =
      weights_.content * result.content + weights_.style * result.style + weights_.tv * result.tv;
  return result;
}

}  // namespace atelier::fast
