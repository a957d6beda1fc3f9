// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace atelier::tensor {

/// The inner product of two vectors of `size` floats, summed in fp32 over 4 times as many parts as
/// a vector of the instruction set has.
[[nodiscard]] float dot(const float* a, const float* b, std::size_t size);

}  // namespace atelier::tensor
