// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::sequence {

/// x / sqrt(mean(x^2) + 1e-6) over the last dimension, with a derivative of few passes over memory:
///   dx = (dy - y mean(dy y)) / sqrt(mean(x^2) + 1e-6).
/// Source: Zhang, Sennrich, "Root mean square layer normalization", NeurIPS 2019, without gain.
[[nodiscard]] at::Tensor rms_normalised(const at::Tensor& x);

}  // namespace atelier::sequence
