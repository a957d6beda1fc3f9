// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::appraise {

/// The temperature T by which softmax(logits / T) gives the true classes the greatest likelihood,
/// within 0.05..20, to 1e-4 of itself. Source: Guo, Pleiss, Sun, Weinberger, "On calibration of
/// modern neural networks", ICML 2017. Found by golden-section search over log T: the likelihood
/// has one maximum in 1 / T.
///
/// `logits`: N x C, `classes`: N int64.
[[nodiscard]] double fit_temperature(const at::Tensor& logits, const at::Tensor& classes);

/// Expected calibration error: of the surest class, the mean over works of |share right - mean
/// probability| within each of 15 bins of equal width (Guo et al., equation 3). 0 is perfect.
/// `probabilities`: N x C.
[[nodiscard]] double calibration_error(const at::Tensor& probabilities, const at::Tensor& classes);

}  // namespace atelier::appraise
