// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

namespace atelier::tensor {

/// The inner product of `with` and each of `vectors`, all of one shape and layout; summed in double
/// beyond short stretches.
[[nodiscard]] std::vector<double> inner_products(std::span<const at::Tensor> vectors,
                                                 const at::Tensor& with);

/// to += the sum of factor * vector.
void add_combination(std::span<const at::Tensor> vectors, std::span<const double> factors,
                     const at::Tensor& to);

}  // namespace atelier::tensor
