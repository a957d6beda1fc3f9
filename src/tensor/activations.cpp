// SPDX-License-Identifier: Apache-2.0
#include "tensor/activations.hpp"

#include <ATen/ATen.h>

namespace atelier::tensor {

at::Tensor as_tensor(const Activations& a) {
  const auto stride = static_cast<std::int64_t>(a.stride);
  return at::from_blob(a.data, {1, static_cast<std::int64_t>(a.channels), a.height, a.width},
                       {a.height * a.width * stride, 1, a.width * stride, stride}, at::kFloat);
}

std::optional<Activations> as_activations(const at::Tensor& t) {
  if (t.dim() != 4 || t.size(0) != 1 || !t.device().is_cpu() || t.scalar_type() != at::kFloat) {
    return std::nullopt;
  }
  const auto channels = static_cast<std::size_t>(t.size(1));
  const auto stride = static_cast<std::int64_t>(padded(channels));
  const auto width = t.size(3);
  // Strides of a single row or column too: they alone tell padded memory from what is not.
  const bool fits =
      (channels == 1 || t.stride(1) == 1) && t.stride(3) == stride && t.stride(2) == width * stride;
  if (!fits) return std::nullopt;
  return Activations{t.data_ptr<float>(), static_cast<int>(t.size(2)), static_cast<int>(width),
                     channels, static_cast<std::size_t>(stride)};
}

}  // namespace atelier::tensor
