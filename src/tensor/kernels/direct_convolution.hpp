// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "tensor/buffer.hpp"
#include "tensor/kernels/part.hpp"
#include "tensor/kernels/winograd.hpp"

namespace atelier::tensor {

/// A convolution computed as the product of what its filters see with them, forward only: for
/// filters and strides that Winograd's way is not made for, and for layers of few channels. The
/// same bytes for every number of threads and every parting of a layer.
class DirectConvolution {
 public:
  /// `weight`: outputs x inputs x size x size; `bias`: outputs, null for zeros; both are copied.
  /// `size`: 1, or 3 and more with a border of one position, reflected. Result (y, x) sees inputs
  /// from (stride y - 1, stride x - 1) on; of size 1, (stride y, stride x).
  DirectConvolution(const float* weight, const float* bias, std::size_t inputs, std::size_t outputs,
                    int size, int stride);

  [[nodiscard]] std::size_t inputs() const noexcept { return inputs_; }
  [[nodiscard]] std::size_t outputs() const noexcept { return outputs_; }

  /// Computes the region `where` of the layer `out`, which keeps at least that; `in` keeps at least
  /// what it sees. `finish`: plain, bias, bias_add or relu. `in` may have any stride of positions.
  void forward(const Part& in, Finish finish, const Part& out, const Region& where,
               Workspace& workspace) const;

 private:
  void gather(const Part& in, int y, int x, int count, float* patches) const;

  std::size_t inputs_, outputs_;
  int size_, stride_;
  Buffer<float> panels_;  ///< panel of outputs, row, column, input, output
  Buffer<float> bias_;
};

}  // namespace atelier::tensor
