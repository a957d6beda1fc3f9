// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "fast/gaussian_distance.hpp"
#include "fast/painting_loss.hpp"

namespace atelier::fast {
namespace {

/// Squared differences of neighbours by the number of values, of each picture.
at::Tensor variation(const at::Tensor& rgb) {
  const at::Tensor dx = rgb.narrow(3, 1, rgb.size(3) - 1) - rgb.narrow(3, 0, rgb.size(3) - 1);
  const at::Tensor dy = rgb.narrow(2, 1, rgb.size(2) - 1) - rgb.narrow(2, 0, rgb.size(2) - 1);
  return (dx.square().sum({1, 2, 3}) + dy.square().sum({1, 2, 3})) /
         static_cast<double>(rgb[0].numel());
}

struct BatchedTarget final : StyleTarget {
  std::map<std::string, GaussianTarget> gaussians;
};

class BatchedLoss final : public PaintingLoss {
 public:
  BatchedLoss(const nets::Network& net, const PaintingWeights& weights, at::ScalarType precision)
      : net_(net), weights_(weights), precision_(precision) {}

  std::unique_ptr<StyleTarget> target(const at::Tensor& painting, const Colours& colours) override {
    const at::NoGradGuard no_gradient;
    const auto seen = moments(painting);
    auto target = std::make_unique<BatchedTarget>();
    for (const auto& [layer, m] : seen) {
      target->gaussians[layer] = gaussian_target(m.mean, m.covariance);
    }
    target->statistics = style_statistics(seen, colours);
    target->painting = painting;
    return target;
  }

  StyleStatistics statistics(const at::Tensor& painting, const Colours& colours) override {
    const at::NoGradGuard no_gradient;
    return style_statistics(moments(painting), colours);
  }

  PaintingValues operator()(const at::Tensor& painted, const at::Tensor& photos,
                            const std::vector<const StyleTarget*>& targets,
                            bool with_gradient) override {
    const at::AutoGradMode mode(with_gradient);
    const at::Tensor rgb = painted.detach().requires_grad_(with_gradient);
    const nets::Features seen = net_.forward(rgb.to(precision_), loss_layers());
    const at::Tensor content = content_of(seen.at(content_layer), photos);
    const at::Tensor tv = variation(rgb);
    at::Tensor style, slope;  // slope: a number whose derivative is that of the style terms' sum
    for (const StyleLayer& layer : style_layers()) {
      compare(layer.name, seen.at(layer.name), targets, with_gradient, style, slope);
    }
    PaintingValues result;
    if (with_gradient) {
      const at::Tensor total =
          weights_.content * content.sum() + weights_.tv * tv.sum() + weights_.style * slope;
      result.gradient = torch::autograd::grad({total}, {rgb})[0];
    }
    // Last, since it waits for the device.
    const at::Tensor figures =
        at::stack({content.detach().to(at::kDouble), style, tv.detach().to(at::kDouble)})
            .to(at::kCPU);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const double* at = figures.data_ptr<double>() + i;
      const std::size_t n = targets.size();
      PaintingValue value{.content = at[0], .style = at[n], .tv = at[2 * n]};
      value.total =
          weights_.content * value.content + weights_.style * value.style + weights_.tv * value.tv;
      result.values.push_back(value);
    }
    return result;
  }

 private:
  std::map<std::string, style::Moments> moments(const at::Tensor& painting) const {
    std::vector<std::string> layers;
    for (const StyleLayer& layer : style_layers()) layers.emplace_back(layer.name);
    std::map<std::string, style::Moments> all;
    for (const auto& [layer, features] : net_.forward(painting.to(precision_), layers)) {
      const BatchMoments m = batch_moments(features);
      all[layer] = {m.mean[0], m.covariance[0],
                    static_cast<double>(features.size(2) * features.size(3))};
    }
    return all;
  }

  at::Tensor content_of(const at::Tensor& seen, const at::Tensor& photos) const {
    at::Tensor photograph;
    {
      const at::NoGradGuard no_gradient;
      photograph = net_.forward(photos.to(precision_), {content_layer}).at(content_layer);
      photograph = photograph.to(at::kFloat);
    }
    const at::Tensor energy = photograph.square().sum({1, 2, 3}).clamp_min(1e-12);
    return (seen.to(at::kFloat) - photograph).square().sum({1, 2, 3}) / energy;
  }

  /// Adds a layer's share to `style`, N, and to `slope`.
  static void compare(const std::string& layer, const at::Tensor& features,
                      const std::vector<const StyleTarget*>& targets, bool with_gradient,
                      at::Tensor& style, at::Tensor& slope) {
    std::vector<const GaussianTarget*> gaussians;
    for (const StyleTarget* target : targets) {
      gaussians.push_back(&static_cast<const BatchedTarget&>(*target).gaussians.at(layer));
    }
    const auto share = 1 / static_cast<double>(style_layers().size());
    const auto add = [&](at::Tensor& to, const at::Tensor& term) {
      to = to.defined() ? to + share * term : share * term;
    };
    const BatchMoments seen = batch_moments(features);
    const GaussianDistances distances = gaussian_distances(
        gaussians, {seen.mean.detach(), seen.covariance.detach()}, with_gradient);
    add(style, distances.values);
    if (!with_gradient) return;
    add(slope,
        (seen.mean * distances.by_mean).sum() + (seen.covariance * distances.by_covariance).sum());
  }

  const nets::Network& net_;
  PaintingWeights weights_;
  at::ScalarType precision_;
};

}  // namespace

std::unique_ptr<PaintingLoss> batched_loss(const nets::Network& net, const PaintingWeights& weights,
                                           at::ScalarType precision) {
  return std::make_unique<BatchedLoss>(net, weights, precision);
}

}  // namespace atelier::fast
