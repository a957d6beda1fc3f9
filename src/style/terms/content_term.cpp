// SPDX-License-Identifier: Apache-2.0
#include "style/terms/content_term.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

/// The sum of squares of values, or of their differences to those of `from`, in double; each
/// position's times its weight where there are `weights`.
double squared_sum(const at::Tensor& values, const at::Tensor* from = nullptr,
                   const at::Tensor& weights = {}) {
  // On the processor no copy of all is made.
  const std::int64_t rows = values.device().is_cpu() ? 8 : values.size(2);
  double sum = 0;
  for (std::int64_t y = 0; y < values.size(2); y += rows) {
    const std::int64_t count = std::min(rows, values.size(2) - y);
    const at::Tensor strip = values.narrow(2, y, count);
    at::Tensor squares = (from ? strip - from->narrow(2, y, count) : strip).square();
    if (weights.defined()) squares = squares * weights.narrow(2, y, count).to(squares.options());
    sum += squares.sum(at::kDouble).item<double>();
  }
  return sum;
}

class ContentTerm final : public LayerTerm {
 public:
  ContentTerm(TiledPass& pass, const Scene& scene, const std::vector<std::string>& layers)
      : guide_(scene.content_guide) {
    for (const auto& name : layers) layers_[name];
    pass.forward(scene.content, nets::WayBack::none,
                 [&](const Tile&, const TiledPass::Views& views) {
                   for (auto& [name, layer] : layers_) {
                     const auto& [features, region, place] = views.at(name);
                     if (!layer.photograph.defined()) {
                       const image::Size size = pass.layer_size(name, size_of(scene.content));
                       layer.photograph = tensor::spillable_zeros(
                           {1, features.size(1), size.height, size.width}, features.options());
                     }
                     const at::Tensor part = part_of(features, region);
                     part_of(layer.photograph, place).copy_(part);
                     tensor::let_go(layer.photograph);
                     layer.share += squared_sum(part);
                   }
                 });
    for (auto& [name, layer] : layers_) {
      // Keeps the division finite where a layer sees nothing at all.
      layer.share = 1.0 / (static_cast<double>(layers.size()) * std::max(layer.share, 1e-12));
    }
  }

  void begin() override { value_ = 0; }

  void see(const Tile&, const TiledPass::Views& views) override {
    for (const auto& [name, layer] : layers_) {
      const TiledPass::View& view = views.at(name);
      const at::Tensor shown = part_of(layer.photograph, view.place);
      value_ += layer.share *
                squared_sum(part_of(view.features, view.region), &shown, guide_.of(name, view));
      tensor::let_go(layer.photograph);
    }
  }

  double value(bool) override { return value_; }

  void add_gradient(const Tile&, const TiledPass::Views& views, double weight,
                    TileGradient& gradient) override {
    for (const auto& [name, layer] : layers_) {
      const TiledPass::View& view = views.at(name);
      at::Tensor part =
          (part_of(view.features, view.region) - part_of(layer.photograph, view.place))
              .mul_(weight * 2 * layer.share);
      const at::Tensor weights = guide_.of(name, view);
      if (weights.defined()) part.mul_(weights.to(part.options()));
      gradient.add(name, part);
      tensor::let_go(layer.photograph);
    }
  }

 private:
  struct Layer {
    at::Tensor photograph;
    double share = 0;  ///< of the term, for each unit of squared difference
  };
  Guide guide_;
  std::map<std::string, Layer> layers_;
  double value_ = 0;
};

}  // namespace

std::unique_ptr<LayerTerm> content_term(TiledPass& pass, const Scene& scene,
                                        const std::vector<std::string>& layers) {
  return std::make_unique<ContentTerm>(pass, scene, layers);
}

}  // namespace atelier::style
