// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "tensor/buffer.hpp"
#include "tensor/kernels/blocks.hpp"
#include "tensor/kernels/winograd_tiles.hpp"

namespace atelier::tensor {

/// Memory that convolutions work in, kept from call to call. For one call at a time.
struct Workspace {
  Buffer<float> input, output;
};

/// A frozen 3 x 3 convolution with stride 1 and a border of zeros, bias, ReLU and, if wanted, 2 x 2
/// pooling; forward, and backward to its input.
///
/// Source: Lavin, Gray, "Fast algorithms for convolutional neural networks", CVPR 2016, F(6x6,
/// 3x3). Differs: the points and their scaling are closed under inversion, so that a filter turned
/// by 180 degrees has the same transform in another order, and the backward pass, a convolution
/// with turned filters, reads the forward pass's weights. Relative error of a layer is about 1e-6
/// in fp32, and up to 1e-5 in the widest.
///
/// The same bytes for every number of threads.
class WinogradConvolution {
 public:
  /// `weight`: outputs x inputs x 3 x 3; `bias`: outputs. Both are copied.
  WinogradConvolution(const float* weight, const float* bias, std::size_t inputs,
                      std::size_t outputs);

  [[nodiscard]] std::size_t inputs() const noexcept { return inputs_; }
  [[nodiscard]] std::size_t outputs() const noexcept { return outputs_; }

  /// `out` has the height and width of `in`, or half of them rounded down when `finish` pools.
  /// `finish` is one of the relu kinds. `mask` has those of `in`; null when no backward pass
  /// follows.
  void forward(const Activations& in, Finish finish, const Activations& out, const Mask* mask,
               Workspace& workspace) const;

  /// Gradient with respect to `in` from that with respect to `out`, as forward() made them with
  /// this `finish` and `mask`. `add`: to what `in_gradient` holds.
  void backward(const Activations& out_gradient, Finish finish, const Mask& mask,
                const Activations& in_gradient, bool add, Workspace& workspace) const;

 private:
  [[nodiscard]] FrequencyWeights weights(std::size_t frequency, bool turned) const;

  std::size_t inputs_, outputs_;
  Buffer<float> transformed_;  ///< frequency, panel of outputs, input, output
  Buffer<float> turned_;       ///< frequency, panel of inputs, output, input; only of small layers
  Buffer<float> bias_;
};

}  // namespace atelier::tensor
