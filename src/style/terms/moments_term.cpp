// SPDX-License-Identifier: Apache-2.0
#include "style/terms/moments_term.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <optional>

#include "style/losses/losses.hpp"
#include "tensor/parallel.hpp"

namespace atelier::style {
namespace {

class MomentsTerm final : public LayerTerm {
 public:
  MomentsTerm(TiledPass& pass, const Scene& scene, std::string_view loss,
              const std::vector<std::string>& layers) {
    std::map<std::size_t, std::map<std::string, Moments>> targets;
    for (const StyleRegion& region : scene.regions) {
      for (const auto& [style, weight] : region.styles) {
        if (!targets.contains(style)) targets[style] = pass.moments(scene.styles[style]);
      }
    }
    for (const StyleRegion& region : scene.regions) {
      for (const auto& name : layers) {
        Part part;
        part.layer = name;
        for (const auto& [style, weight] : region.styles) {
          const Moments& target = targets.at(style).at(name);
          part.styles.push_back(
              {weight / static_cast<double>(layers.size()), style_loss(loss, target)});
          if (!part.near.defined()) part.near = target.mean;
        }
        if (!part.styles.empty()) parts_.push_back(std::move(part));
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
      part.sums->add(view.features, view.region);
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
      value += job.style->weight * job.value.value;
      if (!with_gradient) continue;
      // d/df of a function of mean m and covariance C of n positions: (by_m + 2 by_C (f - m)) / n.
      const double factor = job.style->weight / job.seen.positions;
      const at::Tensor matrix = job.value.by_covariance * (2 * factor);
      const at::Tensor offset = job.value.by_mean * factor - matrix.mv(job.seen.mean);
      Part& part = *job.part;
      part.matrix = part.matrix.defined() ? part.matrix + matrix : matrix;
      part.offset = part.offset.defined() ? part.offset + offset : offset;
    }
    return value;
  }

  void add_gradient(const Tile&, const TiledPass::Views&, double weight,
                    TileGradient& gradient) override {
    for (const Part& part : parts_) {
      gradient.add_map(part.layer, part.matrix * weight, part.offset * weight);
    }
  }

 private:
  struct WeightedLoss {
    double weight;
    std::unique_ptr<StyleLoss> loss;
  };
  /// One layer in one region.
  struct Part {
    std::string layer;
    std::vector<WeightedLoss> styles;
    at::Tensor near;  ///< a mean to expect, for precision
    std::optional<MomentSums> sums;
    at::Tensor matrix, offset;  ///< of the derivative at a position f: matrix f + offset
  };
  std::vector<Part> parts_;
};

}  // namespace

std::unique_ptr<LayerTerm> moments_term(TiledPass& pass, const Scene& scene, std::string_view loss,
                                        const std::vector<std::string>& layers) {
  return std::make_unique<MomentsTerm>(pass, scene, loss, layers);
}

}  // namespace atelier::style
