// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>

#include "atelier/image/image.hpp"
#include "atelier/nets/feature_net.hpp"

namespace atelier::appraise {

/// What a frozen network shows of a picture, pooled: one row of numbers that all heads read.
///
/// EfficientNet-Lite0 (src/nets/graph), as it was trained, sees the picture three times: pressed
/// into a square of `square` px, the same mirrored, and whole at a short edge of `short_edge` px
/// (the long one cut to twice that by pressing). Of six layers, from strokes to things, the mean
/// and the deviation of each channel over positions are taken, each the mean over the three views,
/// then the root with its sign, which tames the long tails of activations.
///
/// Tried and left out (docs/appraise.md): VGG-19's means, deviations and Gram matrices, ResNet-50,
/// alone and together.
class Eyes {
 public:
  static constexpr int square = 224, short_edge = 256;  ///< px
  static constexpr int most_edge =
      1024;  ///< px, long edge to which a larger picture is brought first

  /// `net`: EfficientNet-Lite0, of whatever widths, with the strides it was trained with.
  explicit Eyes(nets::FeatureNet net);

  struct Seen {
    at::Tensor row;  ///< count(), float32
    at::Tensor
        head;  ///< head_count(), float32: the last layer's means, which ImageNet's classes read
  };
  /// The same picture gives the same bytes on the same processor with the same number of threads.
  /// `picture`: each edge at least 16 px.
  [[nodiscard]] Seen look(const image::Image& picture) const;

  /// Numbers in a row.
  [[nodiscard]] std::int64_t count() const noexcept { return count_; }
  [[nodiscard]] std::int64_t head_count() const noexcept { return head_count_; }
  /// Names what a row means: the weights' digest and the way of looking.
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }

 private:
  nets::FeatureNet net_;
  std::int64_t count_ = 0, head_count_ = 0;
  std::string digest_;
};

}  // namespace atelier::appraise
