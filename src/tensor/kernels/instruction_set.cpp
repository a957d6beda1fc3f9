// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/instruction_set.hpp"

#include "tensor/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/instruction_set.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

const char* name() {
  switch (HWY_TARGET) {
    case HWY_AVX3:
      return "AVX-512";
    case HWY_AVX2:
      return "AVX2";
    case HWY_SSE4:
      return "SSE4";
    case HWY_NEON:
      return "NEON";
    default:
      return "plain";
  }
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(name);

std::string instruction_set() {
  return HWY_DYNAMIC_DISPATCH(name)();
}

}  // namespace atelier::tensor
#endif
