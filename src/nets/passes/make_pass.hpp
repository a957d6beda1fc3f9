// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nets/passes/pass.hpp"

namespace atelier::nets {

class Vgg;

/// The engine that `engine` comes to for pictures of this device and type: itself, or for "auto"
/// the fastest.
[[nodiscard]] std::string settled_engine(std::string_view engine, const at::TensorOptions& picture);

/// The fastest pass for pictures of this device and type, or the one that `engine` names: "auto",
/// "winograd", "bf16" or "torch". Throws Error invalid_argument for another name, for unknown
/// layers, and when the engine does not compute there; missing_capability for "bf16" where this
/// machine or build does not compute it.
[[nodiscard]] std::unique_ptr<Pass> make_pass(const Vgg& vgg, std::vector<std::string> layers,
                                              const at::TensorOptions& picture,
                                              std::string_view engine = "auto");

}  // namespace atelier::nets
