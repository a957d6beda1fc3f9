// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>

#include "fast/style_statistics.hpp"
#include "style/losses/losses.hpp"
#include "style/tiled_pass.hpp"

namespace atelier::fast {

/// A painting as the loss and the network know it: worked out once, compared often.
struct StyleTarget {
  std::map<std::string, std::unique_ptr<style::StyleLoss>> losses;
  std::map<std::string, at::Tensor> near;  ///< means to expect, for precision
  StyleStatistics statistics;
  at::Tensor painting;
};

/// Weights of the terms; those of `stylize` by default.
struct PaintingWeights {
  double content = 0.4, style = 1, tv = 0.5;
};

/// The terms of a painted picture, unweighted, their weighted sum, and its gradient.
struct PaintingValue {
  double content = 0, style = 0, tv = 0, total = 0;
  at::Tensor gradient;  ///< of the total by the picture
};

/// What `stylize` minimises for one picture, for a network to learn: content at relu4_2,
/// Wasserstein distance at the five style layers, total variation (docs/how-it-works.md). The same
/// numbers as style::Objective, with targets that are kept from picture to picture.
class PaintingLoss {
 public:
  /// `net`: VGG-19, which must outlive this. Pictures lie on `device`.
  PaintingLoss(const nets::Network& net, const PaintingWeights& weights, at::Device device);

  /// `painting`: 1 x 3 x H x W.
  [[nodiscard]] StyleTarget target(const at::Tensor& painting);

  /// The statistics alone, which take much less time.
  [[nodiscard]] StyleStatistics statistics(const at::Tensor& painting);

  /// `painted`, `photo`: 1 x 3 x H x W of one size, the first clamped to 0..1.
  [[nodiscard]] PaintingValue operator()(const at::Tensor& painted, const at::Tensor& photo,
                                         const StyleTarget& target, bool with_gradient);

 private:
  PaintingWeights weights_;
  style::TiledPass photo_pass_, pass_;
};

}  // namespace atelier::fast
