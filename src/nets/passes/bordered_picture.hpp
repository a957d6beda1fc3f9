// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

#include "atelier/nets/feature_net.hpp"
#include "nets/input_convention.hpp"
#include "tensor/buffer.hpp"

namespace atelier::nets {

/// The picture as the first convolution reads it, and its gradient: (H + 2) x (W + 2) x 3 floats,
/// in the network's channel order and scale, with its border.
class BorderedPicture {
 public:
  BorderedPicture(const InputConvention& convention, Padding padding);

  /// `rgb`: 1 x 3 x H x W float32, sRGB 0..1. The values stay until the gradient takes their place.
  const float* fill(const at::Tensor& rgb);

  /// The memory for the gradient: that of the values, which the way back does not need.
  [[nodiscard]] float* gradient() { return values_.data(); }

  /// What the gradient there means for `rgb`: 1 x 3 x H x W. Spends it.
  [[nodiscard]] at::Tensor gradient_of_rgb();

 private:
  [[nodiscard]] float* at(std::int64_t row, std::int64_t column) {
    return values_.data() + (row * (width_ + 2) + column) * 3;
  }
  void fold_border();

  Padding padding_;
  std::int64_t source_[3];
  double factor_[3], offset_[3];
  std::int64_t height_ = 0, width_ = 0;
  tensor::Buffer<float> values_;
};

}  // namespace atelier::nets
