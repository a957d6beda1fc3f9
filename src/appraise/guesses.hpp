// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <vector>

#include "appraise/model.hpp"
#include "atelier/appraise/appraiser.hpp"

namespace atelier::appraise {

/// Probabilities of a row's classes, C.
[[nodiscard]] at::Tensor probabilities(const Model::Classes& classes, const at::Tensor& row);

/// Classes with their probabilities, likeliest first.
[[nodiscard]] std::vector<Guess> guesses(const std::vector<std::string>& names,
                                         const at::Tensor& probabilities);

}  // namespace atelier::appraise
