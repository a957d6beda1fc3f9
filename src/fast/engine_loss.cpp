// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>

#include <algorithm>

#include "atelier/tensor/compute.hpp"
#include "fast/painting_loss.hpp"
#include "nets/passes/make_pass.hpp"
#include "style/losses/total_variation.hpp"
#include "style/terms/tile_gradient.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::fast {
namespace {

constexpr auto layout = at::MemoryFormat::ChannelsLast;

style::TiledPass pass_to(const nets::Network& net, const std::vector<std::string>& layers,
                         std::string_view engine) {
  return {net, layers, nets::make_pass(net, layers, at::kFloat, engine), 0};
}

double squares(const at::Tensor& x) {
  return x.square().sum(at::kDouble).item<double>();
}

struct EngineTarget final : StyleTarget {
  std::map<std::string, std::unique_ptr<style::StyleLoss>> losses;
  std::map<std::string, at::Tensor> near;  ///< means to expect, for precision
};

class EngineLoss final : public PaintingLoss {
 public:
  EngineLoss(const nets::Network& net, const PaintingWeights& weights, std::string_view engine)
      : weights_(weights),
        photo_pass_(pass_to(net, {content_layer}, engine)),
        pass_(pass_to(net, loss_layers(), engine)) {}

  std::unique_ptr<StyleTarget> target(const at::Tensor& painting, const Colours& colours) override {
    const at::NoGradGuard no_gradient;
    const tensor::OneThreadedTorch one_threaded_torch;
    const auto moments = pass_.moments(painting);
    auto target = std::make_unique<EngineTarget>();
    for (const StyleLayer& layer : style_layers()) {
      const style::Moments& seen = moments.at(layer.name);
      target->losses[layer.name] = style::wasserstein_loss(seen, style::Root::smooth);
      target->near[layer.name] = seen.mean;
    }
    target->statistics = style_statistics(moments, colours);
    target->painting = painting;
    return target;
  }

  StyleStatistics statistics(const at::Tensor& painting, const Colours& colours) override {
    const at::NoGradGuard no_gradient;
    const tensor::OneThreadedTorch one_threaded_torch;
    return style_statistics(pass_.moments(painting), colours);
  }

  PaintingValues operator()(const at::Tensor& painted, const at::Tensor& photos,
                            const std::vector<const StyleTarget*>& targets,
                            bool with_gradient) override {
    const at::NoGradGuard no_gradient;
    const tensor::OneThreadedTorch one_threaded_torch;  // whose threads would spin beside ours
    PaintingValues result;
    std::vector<at::Tensor> gradients;
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const auto at = static_cast<std::int64_t>(i);
      at::Tensor gradient;
      result.values.push_back(one(
          painted.narrow(0, at, 1).contiguous(layout), photos.narrow(0, at, 1).contiguous(layout),
          static_cast<const EngineTarget&>(*targets[i]), with_gradient ? &gradient : nullptr));
      if (with_gradient) gradients.push_back(gradient);
    }
    if (with_gradient) result.gradient = at::cat(gradients);
    return result;
  }

 private:
  PaintingValue one(const at::Tensor& painted, const at::Tensor& photo, const EngineTarget& target,
                    at::Tensor* gradient) {
    PaintingValue value;
    at::Tensor photograph;
    photo_pass_.forward(photo, nets::WayBack::none,
                        [&](const style::Tile&, const style::TiledPass::Views& views) {
                          photograph = views.at(content_layer).features.clone();
                        });
    const auto way_back = gradient ? nets::WayBack::follows : nets::WayBack::none;
    pass_.forward(painted, way_back, [&](const style::Tile&, const style::TiledPass::Views& views) {
      style::TileGradient sum(pass_.pass(), views);
      for (const StyleLayer& layer : style_layers()) {
        value.style += compare(layer.name, views.at(layer.name), target, gradient ? &sum : nullptr);
      }
      const double energy = std::max(squares(photograph), 1e-12);
      const at::Tensor off = views.at(content_layer).features - photograph;
      value.content = squares(off) / energy;
      if (!gradient) return;
      sum.add(content_layer, off * (2 * weights_.content / energy));
      *gradient = pass_.backward(std::move(sum).finish()).contiguous(layout);
    });
    value.tv = style::total_variation(painted, weights_.tv, gradient ? *gradient : at::Tensor());
    value.total =
        weights_.content * value.content + weights_.style * value.style + weights_.tv * value.tv;
    return value;
  }

  /// A layer's share of the style term; adds to `sum` unless that is null.
  double compare(const std::string& layer, const style::TiledPass::View& view,
                 const EngineTarget& target, style::TileGradient* sum) const {
    style::MomentSums sums(target.near.at(layer));
    sums.add(view.features, view.region);
    const style::Moments seen = sums.moments();
    const auto value = (*target.losses.at(layer))(seen, sum != nullptr);
    const auto layers = static_cast<double>(style_layers().size());
    if (sum) {
      // d/df of a function of mean m and covariance C of n positions: (by_m + 2 by_C (f - m)) / n.
      const double factor = weights_.style / (layers * seen.positions);
      const at::Tensor matrix = value.by_covariance * (2 * factor);
      sum->add_map(layer, matrix, value.by_mean * factor - matrix.mv(seen.mean));
    }
    return value.value / layers;
  }

  PaintingWeights weights_;
  style::TiledPass photo_pass_, pass_;
};

}  // namespace

std::unique_ptr<PaintingLoss> engine_loss(const nets::Network& net, const PaintingWeights& weights,
                                          std::string_view engine) {
  return std::make_unique<EngineLoss>(net, weights, engine);
}

}  // namespace atelier::fast
