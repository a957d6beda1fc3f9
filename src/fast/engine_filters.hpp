// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "fast/folding.hpp"
#include "tensor/kernels/direct_convolution.hpp"
#include "tensor/kernels/reflected_winograd.hpp"

namespace atelier::fast {

// Filters as the kernels of our own take them.

[[nodiscard]] inline tensor::ReflectedWinograd winograd_of(const Filter& filter) {
  const at::Tensor weight = filter.weight.to(at::kFloat).contiguous();
  const at::Tensor bias = filter.bias.to(at::kFloat).contiguous();
  return {weight.data_ptr<float>(), bias.data_ptr<float>(),
          static_cast<std::size_t>(weight.size(1)), static_cast<std::size_t>(weight.size(0))};
}

[[nodiscard]] inline tensor::DirectConvolution direct_of(const Filter& filter) {
  const at::Tensor weight = filter.weight.to(at::kFloat).contiguous();
  const at::Tensor bias = filter.bias.to(at::kFloat).contiguous();
  const int size = weight.dim() == 4 ? static_cast<int>(weight.size(2)) : 1;
  return {weight.data_ptr<float>(),
          bias.data_ptr<float>(),
          static_cast<std::size_t>(weight.size(1)),
          static_cast<std::size_t>(weight.size(0)),
          size,
          size == 4 ? 2 : 1};
}

/// A picture's memory as kernels read it: `picture` is 1 x C x H x W, float32,
/// channels-last.
[[nodiscard]] inline tensor::Part picture_part(const at::Tensor& picture) {
  const auto channels = static_cast<std::size_t>(picture.size(1));
  return tensor::Part::whole({picture.data_ptr<float>(), static_cast<int>(picture.size(2)),
                              static_cast<int>(picture.size(3)), channels, channels});
}

}  // namespace atelier::fast
