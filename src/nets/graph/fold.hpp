// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "nets/graph/architectures.hpp"
#include "nets/tensor_map.hpp"

namespace atelier::nets {

/// The weights of a published network under our names, NAME.weight and NAME.bias in float32, with
/// batch normalisation folded into the convolutions before it:
///   w' = w g,  b' = (b - mean) g + beta,  g = gamma / sqrt(variance + epsilon),
/// computed in double and rounded once, so that the same file gives the same bytes everywhere; a
/// missing gamma is 1, a missing b is 0. Anything else in `state`, such as the classifier, is left
/// out.
///
/// `state`: of one of the kinds of files that the architecture knows, or with our own names
/// already. Throws Error bad_input when it is none of them, or lacks a tensor, or one has another
/// shape than the published.
[[nodiscard]] TensorMap fold_batch_norm(std::string_view name, const Architecture& architecture,
                                        const TensorMap& state);

}  // namespace atelier::nets
