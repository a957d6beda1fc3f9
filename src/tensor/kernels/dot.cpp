// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/dot.hpp"

#include "tensor/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/dot.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "tensor/kernels/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

float dot_of(const float* HWY_RESTRICT a, const float* HWY_RESTRICT b, std::size_t size) {
  constexpr Floats d;
  constexpr std::size_t sums = 4;  // a fused multiply-add waits four cycles for the one before
  Vector sum[sums];
#pragma GCC unroll 4
  for (std::size_t s = 0; s < sums; ++s) sum[s] = hn::Zero(d);
  std::size_t i = 0;
  for (; i + sums * lanes <= size; i += sums * lanes) {
#pragma GCC unroll 4
    for (std::size_t s = 0; s < sums; ++s) {
      sum[s] = hn::MulAdd(hn::LoadU(d, a + i + s * lanes), hn::LoadU(d, b + i + s * lanes), sum[s]);
    }
  }
  for (; i + lanes <= size; i += lanes) {
    sum[0] = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum[0]);
  }
  float rest = 0;
  for (; i < size; ++i) rest += a[i] * b[i];
  const Vector all = hn::Add(hn::Add(sum[0], sum[1]), hn::Add(sum[2], sum[3]));
  return hn::GetLane(hn::SumOfLanes(d, all)) + rest;
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(dot_of);

float dot(const float* a, const float* b, std::size_t size) {
  return HWY_DYNAMIC_DISPATCH(dot_of)(a, b, size);
}

}  // namespace atelier::tensor
#endif
