// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fast/style_statistics.hpp"
#include "nets/network.hpp"
#include "style/losses/losses.hpp"

namespace atelier::fast {

/// A painting as the network and the loss that made it know it: worked out once, compared often.
struct StyleTarget {
  virtual ~StyleTarget() = default;
  StyleStatistics statistics;
  at::Tensor painting;
};

/// Weights of the terms; those of `stylize` by default.
struct PaintingWeights {
  double content = 0.4, style = 1, tv = 0.5;
};

/// The terms of a painted picture, unweighted, and their weighted sum.
struct PaintingValue {
  double content = 0, style = 0, tv = 0, total = 0;
};
void add(PaintingValue& to, const PaintingValue& value, double share);

/// Of a batch.
struct PaintingValues {
  std::vector<PaintingValue> values;
  at::Tensor gradient;  ///< of each picture's total by the picture, N x 3 x H x W; if asked for
};

/// What `stylize` minimises, for a network to learn: content at relu4_2, Wasserstein distance at
/// the five style layers, total variation (docs/how-it-works.md). The same numbers as
/// style::Objective, with targets that are kept from picture to picture.
class PaintingLoss {
 public:
  virtual ~PaintingLoss() = default;

  /// `painting`: 1 x 3 x H x W, whose colours are `colours`.
  [[nodiscard]] virtual std::unique_ptr<StyleTarget> target(const at::Tensor& painting,
                                                            const Colours& colours) = 0;

  /// The statistics alone, which take much less time.
  [[nodiscard]] virtual StyleStatistics statistics(const at::Tensor& painting,
                                                   const Colours& colours) = 0;

  /// `painted`, `photos`: N x 3 x H x W, the first within 0..1; `targets`: N, of this
  /// loss.
  [[nodiscard]] virtual PaintingValues operator()(const at::Tensor& painted,
                                                  const at::Tensor& photos,
                                                  const std::vector<const StyleTarget*>& targets,
                                                  bool with_gradient) = 0;
};

/// One picture after the other through the engine of `stylize`: the fastest on processors.
/// `net`: VGG-19, which must outlive this. `engine`: as nets::make_pass() takes it.
[[nodiscard]] std::unique_ptr<PaintingLoss> engine_loss(const nets::Network& net,
                                                        const PaintingWeights& weights,
                                                        std::string_view engine = "auto");

/// The whole batch through libtorch on the network's device, the network in `precision` (float32 or
/// bfloat16): for GPUs.
[[nodiscard]] std::unique_ptr<PaintingLoss> batched_loss(const nets::Network& net,
                                                         const PaintingWeights& weights,
                                                         at::ScalarType precision);

/// The layer whose features are a photograph's forms.
inline constexpr const char* content_layer = "relu4_2";
/// That and the style layers.
[[nodiscard]] std::vector<std::string> loss_layers();

}  // namespace atelier::fast
