// SPDX-License-Identifier: Apache-2.0
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include <algorithm>

#include "fast/painting_loss.hpp"
#include "tensor/parallel.hpp"

namespace atelier::fast {
namespace {

/// Mean, N x C, and covariance, N x C x C, of each picture's positions.
struct BatchMoments {
  at::Tensor mean, covariance;
};

BatchMoments batch_moments(const at::Tensor& features) {
  const at::Tensor f = features.to(at::kFloat).flatten(2);  // N x C x n
  const at::Tensor mean = f.mean(2, /*keepdim=*/true);
  const at::Tensor off = f - mean;
  return {mean.squeeze(2), off.bmm(off.transpose(1, 2)) / static_cast<double>(f.size(2))};
}

style::Moments on_processor(const BatchMoments& moments, std::int64_t i, double positions) {
  const auto here = [&](const at::Tensor& t) { return t[i].detach().to(at::kCPU, at::kDouble); };
  return {here(moments.mean), here(moments.covariance), positions};
}

double positions_of(const at::Tensor& features) {
  return static_cast<double>(features.size(2) * features.size(3));
}

/// Squared differences of neighbours by the number of values, of each picture.
at::Tensor variation(const at::Tensor& rgb) {
  const at::Tensor dx = rgb.narrow(3, 1, rgb.size(3) - 1) - rgb.narrow(3, 0, rgb.size(3) - 1);
  const at::Tensor dy = rgb.narrow(2, 1, rgb.size(2) - 1) - rgb.narrow(2, 0, rgb.size(2) - 1);
  return (dx.square().sum({1, 2, 3}) + dy.square().sum({1, 2, 3})) /
         static_cast<double>(rgb[0].numel());
}

class BatchedLoss final : public PaintingLoss {
 public:
  BatchedLoss(const nets::Network& net, const PaintingWeights& weights, at::Device device,
              at::ScalarType precision)
      : net_(net), weights_(weights), device_(device), precision_(precision) {}

  StyleTarget target(const at::Tensor& painting) override {
    return style_target(moments(painting), painting);
  }

  StyleStatistics statistics(const at::Tensor& painting) override {
    return style_statistics(moments(painting), colours_of(painting));
  }

  PaintingValues operator()(const at::Tensor& painted, const at::Tensor& photos,
                            const std::vector<const StyleTarget*>& targets,
                            bool with_gradient) override {
    const at::AutoGradMode mode(with_gradient);
    const at::Tensor rgb = painted.detach().requires_grad_(with_gradient);
    const nets::Features seen = net_.forward(rgb.to(precision_), loss_layers());
    const at::Tensor content = content_of(seen.at(content_layer), photos);
    const at::Tensor tv = variation(rgb);
    std::vector<double> style(targets.size(), 0.0);
    // A sum whose derivative is that of the style term.
    const at::Tensor slope = style_slope(seen, targets, with_gradient, style);
    PaintingValues result;
    const at::Tensor contents = content.detach().to(at::kCPU, at::kDouble);
    const at::Tensor variations = tv.detach().to(at::kCPU, at::kDouble);
    for (std::size_t i = 0; i < targets.size(); ++i) {
      PaintingValue value;
      value.content = contents[static_cast<std::int64_t>(i)].item<double>();
      value.style = style[i];
      value.tv = variations[static_cast<std::int64_t>(i)].item<double>();
      value.total =
          weights_.content * value.content + weights_.style * value.style + weights_.tv * value.tv;
      result.values.push_back(value);
    }
    if (with_gradient) {
      const at::Tensor total =
          weights_.content * content.sum() + weights_.tv * tv.sum() + weights_.style * slope;
      result.gradient = torch::autograd::grad({total}, {rgb})[0];
    }
    return result;
  }

 private:
  std::map<std::string, style::Moments> moments(const at::Tensor& painting) const {
    const at::NoGradGuard no_gradient;
    std::vector<std::string> layers;
    for (const StyleLayer& layer : style_layers()) layers.emplace_back(layer.name);
    std::map<std::string, style::Moments> all;
    for (const auto& [layer, features] : net_.forward(painting.to(precision_), layers)) {
      all[layer] = on_processor(batch_moments(features), 0, positions_of(features));
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

  at::Tensor style_slope(const nets::Features& seen, const std::vector<const StyleTarget*>& targets,
                         bool with_gradient, std::vector<double>& values) const {
    struct Job {
      std::size_t layer, picture;
      style::Moments seen;
      style::StyleLoss::Value value;
    };
    const auto& layers = style_layers();
    std::vector<BatchMoments> moments;
    std::vector<Job> jobs;
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const at::Tensor& features = seen.at(layers[l].name);
      moments.push_back(batch_moments(features));
      for (std::size_t i = 0; i < targets.size(); ++i) {
        jobs.push_back(
            {l,
             i,
             on_processor(moments[l], static_cast<std::int64_t>(i), positions_of(features)),
             {}});
      }
    }
    const auto count = static_cast<std::int64_t>(jobs.size());
    tensor::parallel_for(count, [&](std::int64_t i, int) {
      Job& job = jobs[static_cast<std::size_t>(count - 1 - i)];  // the widest layers first
      const at::NoGradGuard no_gradient;
      const auto& loss = targets[job.picture]->losses.at(layers[job.layer].name);
      job.value = (*loss)(job.seen, with_gradient);
    });
    const auto share = 1 / static_cast<double>(layers.size());
    at::Tensor slope;
    for (std::size_t l = 0; l < layers.size(); ++l) {
      std::vector<at::Tensor> by_mean, by_covariance;
      for (const Job& job : jobs) {
        if (job.layer != l) continue;
        values[job.picture] += share * job.value.value;
        by_mean.push_back(job.value.by_mean);
        by_covariance.push_back(job.value.by_covariance);
      }
      if (!with_gradient) continue;
      const auto there = [&](const std::vector<at::Tensor>& parts) {
        return at::stack(parts).to(device_, at::kFloat);
      };
      const at::Tensor sum = (moments[l].mean * there(by_mean)).sum() +
                             (moments[l].covariance * there(by_covariance)).sum();
      slope = slope.defined() ? slope + share * sum : share * sum;
    }
    return slope;
  }

  const nets::Network& net_;
  PaintingWeights weights_;
  at::Device device_;
  at::ScalarType precision_;
};

}  // namespace

std::unique_ptr<PaintingLoss> batched_loss(const nets::Network& net, const PaintingWeights& weights,
                                           at::Device device, at::ScalarType precision) {
  return std::make_unique<BatchedLoss>(net, weights, device, precision);
}

}  // namespace atelier::fast
