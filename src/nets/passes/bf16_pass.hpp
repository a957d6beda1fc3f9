// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "nets/passes/pass.hpp"
#include "tensor/kernels/bf16_convolution.hpp"
#include "tensor/kernels/first_convolution.hpp"

namespace atelier::nets {

class Vgg;

/// A network's weights in bf16, shared by all passes. The first convolution stays in fp32: three
/// channels give a matrix unit nothing to do, and pixels would lose what bf16 cannot hold.
struct Bf16Weights {
  tensor::FirstConvolution first;
  std::vector<tensor::Bf16Convolution> others;
};

/// The pass in bf16 with sums in fp32, through oneDNN. Features are handed out, and gradients
/// taken, in fp32; between layers both are rounded to bf16, at 0.4 % of a value at most. The same
/// bytes for every number of threads.
///
/// Throws Error missing_capability where tensor::bf16_units() is not_built or none.
[[nodiscard]] std::unique_ptr<Pass> make_bf16_pass(const Vgg& vgg, std::vector<std::string> layers);

}  // namespace atelier::nets
