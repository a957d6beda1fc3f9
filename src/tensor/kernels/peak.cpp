// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/peak.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>

#include "tensor/kernels/targets.hpp"
#include "tensor/parallel.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/peak.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "tensor/kernels/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

/// Twelve independent chains of multiply-add, as many as hide the latency. Returns the operations
/// done.
double chains(std::size_t rounds, float* sink) {
  constexpr Floats d;
  constexpr std::size_t count = 12;
  Vector sum[count];
  for (std::size_t i = 0; i < count; ++i) sum[i] = hn::Set(d, static_cast<float>(i));
  const Vector factor = hn::Set(d, *sink), term = hn::Set(d, 1 - *sink);
  for (std::size_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
    for (std::size_t i = 0; i < count; ++i) sum[i] = hn::MulAdd(sum[i], factor, term);
  }
  for (std::size_t i = 1; i < count; ++i) sum[0] = hn::Add(sum[0], sum[i]);
  *sink = hn::GetLane(sum[0]);
  return 2.0 * static_cast<double>(count * lanes * rounds);
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(chains);

double measured_peak() {
  using Clock = std::chrono::steady_clock;
  constexpr std::size_t rounds = 1'000'000;
  constexpr int attempts = 4;  // the first wakes the cores
  const int workers = worker_count();
  double best = 0;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    std::atomic<double> done{0};
    const auto began = Clock::now();
    parallel_for(workers, [&](std::int64_t, int) {
      float sink = 0.5F;
      done.fetch_add(HWY_DYNAMIC_DISPATCH(chains)(rounds, &sink));
    });
    best = std::max(best, done / std::chrono::duration<double>(Clock::now() - began).count());
  }
  return best;
}

}  // namespace atelier::tensor
#endif
