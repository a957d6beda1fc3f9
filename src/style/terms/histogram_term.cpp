// SPDX-License-Identifier: Apache-2.0
#include "style/terms/histogram_term.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "style/losses/histogram.hpp"

namespace atelier::style {
namespace {

constexpr double headroom = 1.25;  // beyond the greatest value of the styles

/// The greatest value of each channel.
std::map<std::string, at::Tensor> greatest(TiledPass& pass, const at::Tensor& picture,
                                           const std::vector<std::string>& layers) {
  std::map<std::string, at::Tensor> found;
  pass.forward(picture, nets::WayBack::none, [&](const Tile&, const TiledPass::Views& views) {
    for (const auto& layer : layers) {
      const auto& [features, region, place] = views.at(layer);
      if (region.positions() == 0) continue;
      const at::Tensor values = part_of(features, region).amax({0, 2, 3}).to(at::kCPU, at::kDouble);
      at::Tensor& most = found[layer];
      most = most.defined() ? at::maximum(most, values) : values;
    }
  });
  return found;
}

class HistogramTerm final : public LayerTerm {
 public:
  HistogramTerm(TiledPass& pass, const Scene& scene, const std::vector<std::string>& layers) {
    std::map<std::size_t, std::map<std::string, Histogram>> styles;
    std::map<std::string, std::vector<double>> limits;
    for (const at::Tensor& style : scene.styles) {
      for (const auto& [layer, values] : greatest(pass, style, layers)) {
        std::vector<double>& limit = limits[layer];
        limit.resize(static_cast<std::size_t>(values.numel()), 1e-6);
        for (std::size_t c = 0; c < limit.size(); ++c) {
          limit[c] =
              std::max(limit[c], headroom * values[static_cast<std::int64_t>(c)].item<double>());
        }
      }
    }
    for (std::size_t i = 0; i < scene.styles.size(); ++i) {
      for (const auto& layer : layers) styles[i].emplace(layer, limits.at(layer));
      pass.forward(scene.styles[i], nets::WayBack::none,
                   [&](const Tile&, const TiledPass::Views& views) {
                     for (const auto& layer : layers) {
                       const TiledPass::View& view = views.at(layer);
                       styles.at(i).at(layer).add(view.features, view.region);
                     }
                   });
    }
    for (const StyleRegion& region : scene.regions) {
      for (const auto& layer : layers) {
        Part part{layer, {}, {}, Histogram(limits.at(layer)), {}};
        if (region.guide.picture.defined()) part.weights = region.guide.layers.at(layer);
        for (const auto& [style, weight] : region.styles) {
          part.styles.emplace_back(weight * region.guide.share / static_cast<double>(layers.size()),
                                   HistogramLoss(styles.at(style).at(layer)));
        }
        parts_.push_back(std::move(part));
      }
    }
  }

  void begin() override {
    for (Part& part : parts_) part.seen = Histogram(part.seen.limits());
  }

  void see(const Tile&, const TiledPass::Views& views) override {
    for (Part& part : parts_) {
      const TiledPass::View& view = views.at(part.layer);
      part.seen.add(view.features, view.region, part.weights_at(view));
    }
  }

  double value(bool) override {
    double value = 0;
    for (Part& part : parts_) {
      part.slopes.assign(part.seen.limits().size() * Histogram::bins, 0.0F);
      if (!(part.seen.positions() > 0)) continue;
      for (const auto& [weight, loss] : part.styles) {
        const HistogramLoss::Value found = loss(part.seen);
        value += weight * found.value;
        for (std::size_t i = 0; i < part.slopes.size(); ++i) {
          part.slopes[i] += static_cast<float>(weight) * found.slopes[i];
        }
      }
    }
    return value;
  }

  void add_gradient(const Tile&, const TiledPass::Views& views, double weight,
                    TileGradient& gradient) override {
    for (const Part& part : parts_) {
      const TiledPass::View& view = views.at(part.layer);
      if (view.region.positions() == 0 || !(part.seen.positions() > 0)) continue;
      HistogramLoss::add_gradient(view.features, view.region, part.seen.limits(), part.slopes,
                                  weight / part.seen.positions(), part.weights_at(view),
                                  gradient.part(part.layer));
    }
  }

 private:
  /// One layer in one region.
  struct Part {
    std::string layer;
    at::Tensor weights;  ///< of the whole layer's positions; undefined: all alike
    std::vector<std::pair<double, HistogramLoss>> styles;
    Histogram seen;
    std::vector<float> slopes;

    [[nodiscard]] at::Tensor weights_at(const TiledPass::View& view) const {
      return weights.defined() ? part_of(weights, view.place) : weights;
    }
  };
  std::vector<Part> parts_;
};

}  // namespace

std::unique_ptr<LayerTerm> histogram_term(TiledPass& pass, const Scene& scene,
                                          const std::vector<std::string>& layers) {
  return std::make_unique<HistogramTerm>(pass, scene, layers);
}

}  // namespace atelier::style
