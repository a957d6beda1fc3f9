// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace atelier::tensor {

/// The inner product of `with` and each of `vectors`, all of `size` floats, in one walk through
/// memory. Summed in fp32 over short stretches and in double beyond; the same bytes for every
/// number of threads.
[[nodiscard]] std::vector<double> inner_products(std::span<const float* const> vectors,
                                                 const float* with, std::size_t size);

/// to += the sum of factor * vector, in one walk through memory.
void add_combination(std::span<const float* const> vectors, std::span<const double> factors,
                     std::size_t size, float* to);

}  // namespace atelier::tensor
