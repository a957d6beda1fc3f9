// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "nets/passes/pass.hpp"
#include "tensor/kernels/first_convolution.hpp"
#include "tensor/kernels/winograd.hpp"

namespace atelier::nets {

class Vgg;

/// A network's weights as the Winograd kernels want them: transformed once, shared by all passes.
struct WinogradWeights {
  tensor::FirstConvolution first;
  std::vector<tensor::WinogradConvolution> others;
};

/// The pass through kernels of our own, fp32 on the processor. Activations that no layer was asked
/// for are never whole in memory beside each other, and none is kept for the way back: one bit each
/// is.
[[nodiscard]] std::unique_ptr<Pass> make_winograd_pass(const Vgg& vgg,
                                                       std::vector<std::string> layers);

}  // namespace atelier::nets
