// SPDX-License-Identifier: Apache-2.0
// What stands in for bf16_convolution.cpp in a build without oneDNN: says so, computes nothing.
#include "atelier/base/error.hpp"
#include "tensor/kernels/bf16_convolution.hpp"

namespace atelier::tensor {

struct Bf16Convolution::Weights {};

Bf16Units bf16_units() {
  return Bf16Units::not_built;
}

std::string bf16_description() {
  return "no oneDNN";
}

Bf16Convolution::Bf16Convolution(const float* /*weight*/, const float* /*bias*/, std::size_t inputs,
                                 std::size_t outputs)
    : inputs_(inputs), outputs_(outputs) {
  fail(ErrorKind::missing_capability, "this build computes no bf16: it was made without oneDNN.");
}
Bf16Convolution::Bf16Convolution(Bf16Convolution&&) noexcept = default;
Bf16Convolution::~Bf16Convolution() = default;

// No convolution exists to make bands of.
Bf16Band Bf16Convolution::forward(int /*rows*/, int /*width*/) const {
  return {};
}
Bf16Band Bf16Convolution::backward(int /*rows*/, int /*width*/) const {
  return {};
}
std::size_t Bf16Band::scratch_bytes() const {
  return 0;
}
void Bf16Band::compute(const Bf16* /*in*/, Bf16* /*out*/, std::byte* /*scratch*/) const {}

}  // namespace atelier::tensor
