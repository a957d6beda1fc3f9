// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/instruction_set.hpp"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

#include "atelier/base/error.hpp"

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

void limit_instruction_set(std::string_view name) {
  if (name.empty()) return;
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  // Better sets are smaller numbers.
  for (const auto& [known, target] : {std::pair{"avx-512", HWY_AVX3},
                                      {"avx2", HWY_AVX2},
                                      {"sse4", HWY_SSE4},
                                      {"neon", HWY_NEON},
                                      {"plain", HWY_STATIC_TARGET}}) {
    if (lower != known) continue;
    hwy::DisableTargets(static_cast<std::int64_t>(target) - 1);
    return;
  }
  fail(ErrorKind::invalid_argument,
       "there is no instruction set '{}'; use avx-512, avx2, sse4, neon or plain.", name);
}

}  // namespace atelier::tensor
#endif
