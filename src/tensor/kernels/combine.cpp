// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/combine.hpp"

#include <algorithm>
#include <cstdint>

#include "tensor/kernels/targets.hpp"
#include "tensor/parallel.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/combine.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

float stretch_product(const float* a, const float* b, std::size_t size) {
  constexpr hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  auto sum0 = hn::Zero(d), sum1 = hn::Zero(d);
  std::size_t i = 0;
  for (; i + 2 * lanes <= size; i += 2 * lanes) {
    sum0 = hn::MulAdd(hn::LoadU(d, a + i), hn::LoadU(d, b + i), sum0);
    sum1 = hn::MulAdd(hn::LoadU(d, a + i + lanes), hn::LoadU(d, b + i + lanes), sum1);
  }
  float sum = hn::GetLane(hn::SumOfLanes(d, hn::Add(sum0, sum1)));
  for (; i < size; ++i) sum += a[i] * b[i];
  return sum;
}

void stretch_add(const float* from, float factor, std::size_t size, float* to) {
  constexpr hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  const auto by = hn::Set(d, factor);
  std::size_t i = 0;
  for (; i + lanes <= size; i += lanes) {
    hn::StoreU(hn::MulAdd(by, hn::LoadU(d, from + i), hn::LoadU(d, to + i)), d, to + i);
  }
  for (; i < size; ++i) to[i] += factor * from[i];
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {
namespace {

HWY_EXPORT(stretch_product);
HWY_EXPORT(stretch_add);

constexpr std::size_t stretch = 2048;  // floats summed in fp32; stay in the first cache
constexpr std::size_t item = 32 * stretch;

std::size_t items_in(std::size_t size) {
  return (size + item - 1) / item;
}

/// Calls `body(begin, count)` for each stretch of item `i`.
template <class Body>
void stretches_of(std::int64_t i, std::size_t size, const Body& body) {
  const std::size_t first = static_cast<std::size_t>(i) * item, end = std::min(size, first + item);
  for (std::size_t at = first; at < end; at += stretch) body(at, std::min(stretch, end - at));
}

}  // namespace

std::vector<double> inner_products(std::span<const float* const> vectors, const float* with,
                                   std::size_t size) {
  const std::size_t count = vectors.size();
  std::vector<double> parts(items_in(size) * count);
  parallel_for(static_cast<std::int64_t>(items_in(size)), [&](std::int64_t i, int) {
    double* sums = parts.data() + static_cast<std::size_t>(i) * count;
    stretches_of(i, size, [&](std::size_t at, std::size_t length) {
      for (std::size_t v = 0; v < count; ++v) {
        sums[v] += HWY_DYNAMIC_DISPATCH(stretch_product)(vectors[v] + at, with + at, length);
      }
    });
  });
  std::vector<double> products(count);
  for (std::size_t i = 0; i < parts.size(); ++i) products[i % count] += parts[i];
  return products;
}

void add_combination(std::span<const float* const> vectors, std::span<const double> factors,
                     std::size_t size, float* to) {
  parallel_for(static_cast<std::int64_t>(items_in(size)), [&](std::int64_t i, int) {
    stretches_of(i, size, [&](std::size_t at, std::size_t length) {
      for (std::size_t v = 0; v < vectors.size(); ++v) {
        HWY_DYNAMIC_DISPATCH(stretch_add)
        (vectors[v] + at, static_cast<float>(factors[v]), length, to + at);
      }
    });
  });
}

}  // namespace atelier::tensor
#endif
