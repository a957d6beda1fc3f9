// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include "nets/network.hpp"

namespace atelier::gan {

/// A picture that others are to be like, in pixels and in what VGG-19 sees.
class PictureTarget {
 public:
  /// `net`: VGG-19, which must outlive this. `rgb`: 1 x 3 x H x W, 0..1.
  PictureTarget(const nets::Network& net, const at::Tensor& rgb);

  /// Mean squared difference. Scalar, differentiable with respect to `painted`, as features() is.
  [[nodiscard]] at::Tensor pixels(const at::Tensor& painted) const;
  /// |x - y|^2 / |y|^2 of relu1_2, relu2_2, relu3_1 and relu4_1, in their mean; 0: the same.
  [[nodiscard]] at::Tensor features(const at::Tensor& painted) const;

 private:
  const nets::Network& net_;
  at::Tensor rgb_;
  nets::Features seen_;
};

}  // namespace atelier::gan
