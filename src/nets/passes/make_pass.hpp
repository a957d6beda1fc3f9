// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "nets/passes/pass.hpp"

namespace atelier::nets {

class Network;

/// The engine that `engine` comes to for this network and pictures of this device and type: itself,
/// or for "auto" the fastest: one of our own for VGG in fp32 on the processor, libtorch's
/// otherwise. Throws Error invalid_argument when the engine does not compute there.
[[nodiscard]] std::string settled_engine(const Network& net, std::string_view engine,
                                         const at::TensorOptions& picture);

/// What "auto" comes to for VGG on this machine's processor.
[[nodiscard]] std::string_view fastest_engine();

/// The fastest pass for pictures of this device and type, or the one that `engine` names: "auto",
/// "winograd", "bf16" or "torch". Throws Error invalid_argument for another name, for unknown
/// layers, and when the engine does not compute there; missing_capability for "bf16" where this
/// machine or build does not compute it.
[[nodiscard]] std::unique_ptr<Pass> make_pass(const Network& net, std::vector<std::string> layers,
                                              const at::TensorOptions& picture,
                                              std::string_view engine = "auto");

}  // namespace atelier::nets
