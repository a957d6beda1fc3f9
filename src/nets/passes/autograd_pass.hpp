// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "nets/passes/pass.hpp"

namespace atelier::nets {

class Network;

/// The pass through libtorch's own operators and autograd: any device and precision, and what the
/// others are measured against.
[[nodiscard]] std::unique_ptr<Pass> make_autograd_pass(const Network& net,
                                                       std::vector<std::string> layers);

}  // namespace atelier::nets
