// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "tensor/buffer.hpp"
#include "tensor/kernels/part.hpp"
#include "tensor/kernels/winograd.hpp"

namespace atelier::tensor {

/// A 3 x 3 convolution with stride 1 whose border is reflected, forward only, by Winograd's F(6x6,
/// 3x3) as WinogradConvolution; for weights that change often, and for layers computed part by
/// part. Relative error of a layer is about 1e-6 in fp32, and up to 1e-5 in the widest.
///
/// The same bytes for every number of threads. Other bytes, but for rounding the same values, when
/// a layer is parted otherwise.
class ReflectedWinograd {
 public:
  /// `weight`: outputs x inputs x 3 x 3; `bias`: outputs, null for zeros. Both are copied.
  ReflectedWinograd(const float* weight, const float* bias, std::size_t inputs,
                    std::size_t outputs);

  [[nodiscard]] std::size_t inputs() const noexcept { return inputs_; }
  [[nodiscard]] std::size_t outputs() const noexcept { return outputs_; }

  /// Computes the region `where` of the layer `out`, which keeps at least that; `in` keeps at least
  /// one position more on each side, as far as the layer goes. `finish`: any kind that does not
  /// pool.
  void forward(const Part& in, Finish finish, const Part& out, const Region& where,
               Workspace& workspace) const;

  /// The same of `in` enlarged to twice its height and width by straight lines between the middles
  /// of positions, the border's value repeated; `out` has that size. `in`: the whole layer.
  void forward_enlarged(const Part& in, Finish finish, const Part& out, const Region& where,
                        Workspace& workspace) const;

 private:
  template <class Input>
  void forward_from(const Input& input, Finish finish, const Part& out, const Region& where,
                    Workspace& workspace) const;

  std::size_t inputs_, outputs_;
  Buffer<float> transformed_;  ///< frequency, panel of outputs, input, output
  Buffer<float> bias_;
};

}  // namespace atelier::tensor
