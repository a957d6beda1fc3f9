// SPDX-License-Identifier: Apache-2.0
#include "style/terms/moments_term.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <optional>

#include "style/losses/blended_moments.hpp"
#include "style/losses/losses.hpp"
#include "tensor/parallel.hpp"

namespace atelier::style {
namespace {

/// Regions with less than this share of a layer's positions have no statistics to speak of.
constexpr double least_share = 1e-7;

class MomentsTerm final : public LayerTerm {
 public:
  MomentsTerm(TiledPass& pass, const Scene& scene, std::string_view loss, Blend blend,
              const std::vector<std::string>& layers) {
    std::map<std::size_t, std::map<std::string, Moments>> targets;
    for (const StyleRegion& region : scene.regions) {
      for (const auto& [style, weight] : region.styles) {
        if (!targets.contains(style)) targets[style] = pass.moments(scene.styles[style]);
      }
    }
    std::vector<std::vector<WeightedMoments>> shown;  // of each part
    for (const StyleRegion& region : scene.regions) {
      for (const auto& name : layers) {
        Part part;
        part.layer = name;
        part.guide = region.guide;
        const at::Tensor weights = region.guide.of(name);
        if (weights.defined()) part.share = weights.mean().item<double>();
        if (region.styles.empty() || part.share <= least_share) continue;
        parts_.push_back(std::move(part));
        shown.emplace_back();
        for (const auto& [style, weight] : region.styles) {
          shown.back().push_back({weight, targets.at(style).at(name)});
        }
      }
    }
    if (blend == Blend::statistics) mix(loss, shown);
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      parts_[i].near = shown[i].front().moments.mean;
      for (const auto& [weight, target] : shown[i]) {
        parts_[i].styles.push_back(
            {weight / static_cast<double>(layers.size()), style_loss(loss, target)});
      }
    }
  }

  void begin() override {
    for (Part& part : parts_) {
      part.sums.emplace(part.near);
      part.matrix.reset();
      part.offset.reset();
    }
  }

  void see(const Tile&, const TiledPass::Views& views) override {
    for (Part& part : parts_) {
      const TiledPass::View& view = views.at(part.layer);
      part.sums->add(view.features, view.region, part.guide.of(part.layer, view));
    }
  }

  double value(bool with_gradient) override {
    struct Job {
      Part* part;
      const WeightedLoss* style;
      Moments seen;
      StyleLoss::Value value;
    };
    std::vector<Job> jobs;
    for (Part& part : parts_) {
      const Moments seen = part.sums->moments();
      for (const WeightedLoss& style : part.styles) jobs.push_back({&part, &style, seen, {}});
    }
    // They are independent of each other, and what takes longest in them uses one core: side by
    // side, the widest layers first.
    std::stable_sort(jobs.begin(), jobs.end(), [](const Job& a, const Job& b) {
      return a.seen.mean.size(0) > b.seen.mean.size(0);
    });
    tensor::parallel_for(static_cast<std::int64_t>(jobs.size()), [&](std::int64_t i, int) {
      Job& job = jobs[static_cast<std::size_t>(i)];
      job.value = (*job.style->loss)(job.seen, with_gradient);
    });
    double value = 0;
    for (const Job& job : jobs) {
      const double weight = job.part->share * job.style->weight;
      value += weight * job.value.value;
      if (!with_gradient) continue;
      // d/df of a function of mean m and covariance C of n positions: (by_m + 2 by_C (f - m)) / n.
      const double factor = weight / job.seen.positions;
      const at::Tensor matrix = job.value.by_covariance * (2 * factor);
      const at::Tensor offset = job.value.by_mean * factor - matrix.mv(job.seen.mean);
      Part& part = *job.part;
      part.matrix = part.matrix.defined() ? part.matrix + matrix : matrix;
      part.offset = part.offset.defined() ? part.offset + offset : offset;
    }
    return value;
  }

  void add_gradient(const Tile&, const TiledPass::Views& views, double weight,
                    TileGradient& gradient) override {
    for (const Part& part : parts_) {
      gradient.add_map(part.layer, part.matrix * weight, part.offset * weight,
                       part.guide.of(part.layer, views.at(part.layer)));
    }
  }

 private:
  /// Puts one target in the place of several; side by side, the deepest layers first, as value().
  static void mix(std::string_view loss, std::vector<std::vector<WeightedMoments>>& shown) {
    const auto count = static_cast<std::int64_t>(shown.size());
    tensor::parallel_for(count, [&](std::int64_t i, int) {
      auto& of_part = shown[static_cast<std::size_t>(count - 1 - i)];
      if (of_part.size() > 1) of_part = {{1, blended_moments(loss, of_part)}};
    });
  }

  struct WeightedLoss {
    double weight;
    std::unique_ptr<StyleLoss> loss;
  };
  /// One layer in one region.
  struct Part {
    std::string layer;
    Guide guide;
    double share = 1;  ///< mean weight of the layer's positions
    std::vector<WeightedLoss> styles;
    at::Tensor near;  ///< a mean to expect, for precision
    std::optional<MomentSums> sums;
    at::Tensor matrix, offset;  ///< of the derivative at a position f: matrix f + offset
  };
  std::vector<Part> parts_;
};

}  // namespace

std::unique_ptr<LayerTerm> moments_term(TiledPass& pass, const Scene& scene, std::string_view loss,
                                        Blend blend, const std::vector<std::string>& layers) {
  return std::make_unique<MomentsTerm>(pass, scene, loss, blend, layers);
}

}  // namespace atelier::style
