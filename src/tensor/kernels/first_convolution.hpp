// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "tensor/buffer.hpp"
#include "tensor/kernels/blocks.hpp"

namespace atelier::tensor {

/// The network's first 3 x 3 convolution, from 3 channels, with bias and ReLU: few products for
/// much memory, so computed directly. The picture's border is the caller's choice.
class FirstConvolution {
 public:
  /// `weight`: outputs x 3 x 3 x 3; `bias`: outputs. Both are copied.
  FirstConvolution(const float* weight, const float* bias, std::size_t outputs);

  [[nodiscard]] std::size_t outputs() const noexcept { return outputs_; }

  /// `picture`: (out.height + 2) x (out.width + 2) x 3 floats, its border included. `mask` may be
  /// null.
  void forward(const float* picture, const Activations& out, const Mask* mask) const;

  /// Gradient with respect to the picture with its border, of the same shape, from that with
  /// respect to the results.
  void backward(const Activations& out_gradient, const Mask& mask, float* picture_gradient) const;

 private:
  std::size_t outputs_;
  Buffer<float> forward_;   ///< panel of outputs, row of the filter, 3 columns x 3 channels, output
  Buffer<float> backward_;  ///< two panels of (row, column, channel), output, 16
  Buffer<float> bias_;
};

}  // namespace atelier::tensor
