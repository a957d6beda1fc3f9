// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/channel_levels.hpp"

#include <algorithm>
#include <vector>

#include "tensor/parallel.hpp"

#include "tensor/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/channel_levels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "tensor/kernels/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

/// Sums over positions of (value - shift) and of its square, for every channel of `blocks`.
void sums_of(const float* values, std::size_t positions, std::size_t blocks, const float* shift,
             float* sum, float* squares) {
  constexpr Floats d;
  const std::size_t stride = blocks * block;
  for (std::size_t offset = 0; offset < stride; offset += lanes) {
    const Vector from = hn::LoadU(d, shift + offset);
    Vector total = hn::Zero(d), square = hn::Zero(d);
    for (std::size_t p = 0; p < positions; ++p) {
      const Vector value = hn::Sub(hn::LoadU(d, values + p * stride + offset), from);
      total = hn::Add(total, value);
      square = hn::MulAdd(value, value, square);
    }
    hn::StoreU(total, d, sum + offset);
    hn::StoreU(square, d, squares + offset);
  }
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(sums_of);

ChannelLevels channel_levels(const Activations& layer) {
  constexpr std::size_t stretch = 256;
  const std::size_t positions = layer.positions(), stride = layer.stride;
  const std::size_t stretches = (positions + stretch - 1) / stretch;
  const double share = 1 / static_cast<double>(positions);
  // Once for the mean, and once for differences to it, from which the variance comes without
  // cancellation (Chan, Golub, LeVeque 1983).
  std::vector<float> shift(stride), sums(stretches * stride), squares(stretches * stride);
  const auto sum_all = [&] {
    parallel_for(static_cast<std::int64_t>(stretches), [&](std::int64_t item, int) {
      const std::size_t first = static_cast<std::size_t>(item) * stretch;
      HWY_DYNAMIC_DISPATCH(sums_of)
      (layer.data + first * stride, std::min(stretch, positions - first), stride / block,
       shift.data(), sums.data() + static_cast<std::size_t>(item) * stride,
       squares.data() + static_cast<std::size_t>(item) * stride);
    });
  };
  const auto total = [&](const std::vector<float>& parts, std::size_t channel) {
    double sum = 0;
    for (std::size_t s = 0; s < stretches; ++s) sum += parts[s * stride + channel];
    return sum;
  };
  sum_all();
  for (std::size_t c = 0; c < layer.channels; ++c) {
    shift[c] = static_cast<float>(total(sums, c) * share);
  }
  sum_all();
  ChannelLevels levels;
  for (std::size_t c = 0; c < layer.channels; ++c) {
    const double apart = total(sums, c) * share;
    levels.mean.push_back(shift[c] + apart);
    levels.variance.push_back(std::max(total(squares, c) * share - apart * apart, 0.0));
  }
  return levels;
}

}  // namespace atelier::tensor
#endif
