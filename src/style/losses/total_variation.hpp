// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

namespace atelier::style {

/// Squared differences of neighbouring values, summed over the picture, by the number of values.
/// `rgb`: 1 x 3 x H x W. Source: squared form of Rudin, Osher, Fatemi, Physica D 60 (1992).
/// Adds `weight` times its gradient to `gradient`, of the same shape, unless that is undefined.
double total_variation(const at::Tensor& rgb, double weight = 0, const at::Tensor& gradient = {});

}  // namespace atelier::style
