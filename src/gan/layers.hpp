// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/ScalarType.h>

#include <optional>

namespace atelier::gan {

/// A convolution computed in `precision` where there is one; what comes out has x's type again.
[[nodiscard]] at::Tensor convolved(const at::Tensor& x, const at::Tensor& weight,
                                   std::int64_t stride, std::int64_t padding,
                                   std::optional<at::ScalarType> precision = std::nullopt);

/// N x C to N x C x 1 x 1.
[[nodiscard]] at::Tensor as_map(const at::Tensor& x);

}  // namespace atelier::gan
