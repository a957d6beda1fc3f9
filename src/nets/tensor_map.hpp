// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <map>
#include <string>

#include "nets/dtype.hpp"

namespace atelier::nets {

/// Weights by name.
using TensorMap = std::map<std::string, at::Tensor>;

[[nodiscard]] at::ScalarType scalar_type(DType type);

/// Throws Error bad_input for types that files of weights do not hold (complex and quantised ones).
[[nodiscard]] DType dtype_of(at::ScalarType type);

/// SHA-256 of names, types, shapes and bytes.
[[nodiscard]] std::string digest_of(const TensorMap& tensors);

}  // namespace atelier::nets
