// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "nets/tensor_map.hpp"

namespace atelier::style {

// What the state of an optimizer is made of.

/// Takes the tensor of this name out of a state. Throws Error bad_input where there is none, or
/// where it is no tensor of these sizes and this type.
[[nodiscard]] at::Tensor taken(nets::TensorMap& state, const std::string& name,
                               at::IntArrayRef sizes, at::ScalarType type = at::kFloat);

[[nodiscard]] at::Tensor numbers(std::initializer_list<double> values);
/// Takes so many numbers.
[[nodiscard]] std::vector<double> taken_numbers(nets::TensorMap& state, const std::string& name,
                                                std::int64_t count);

}  // namespace atelier::style
