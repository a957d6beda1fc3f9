// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "atelier/image/image.hpp"

namespace atelier::appraise {

/// A confusion matrix as a picture: a row for each true class, a column for each that was called;
/// the number of works in each cell, the darker the greater its share of the row. `matrix`: C x C
/// int64.
[[nodiscard]] image::Image confusion_picture(const at::Tensor& matrix,
                                             const std::vector<std::string>& classes);

}  // namespace atelier::appraise
