// SPDX-License-Identifier: Apache-2.0
#include "style/losses/total_variation.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "tensor/parallel.hpp"
#include "tensor/spill.hpp"

namespace atelier::style {
namespace {

/// Row by row, so that nothing of the picture's size is held besides it.
template <typename T>
double by_rows(const at::Tensor& rgb, double weight, const at::Tensor& gradient) {
  const auto height = rgb.size(2), row = rgb.size(3) * 3;
  const T* x = rgb.data_ptr<T>();
  T* to = gradient.defined() ? gradient.data_ptr<T>() : nullptr;
  const T factor = static_cast<T>(2 * weight / static_cast<double>(rgb.numel()));
  std::vector<double> sums(static_cast<std::size_t>(height));
  const auto one_row = [&](std::int64_t y) {
    const T* here = x + y * row;
    const T* above = y > 0 ? here - row : here;
    const T* below = y + 1 < height ? here + row : here;
    double sum = 0;
    for (std::int64_t i = 0; i < row; ++i) {
      const T right = i + 3 < row ? here[i + 3] - here[i] : T{0};
      const T down = below[i] - here[i];
      sum += static_cast<double>(right) * right + static_cast<double>(down) * down;
    }
    sums[static_cast<std::size_t>(y)] = sum;
    if (!to) return;
    T* g = to + y * row;
    for (std::int64_t i = 0; i < row; ++i) {
      const T left = i >= 3 ? here[i] - here[i - 3] : T{0};
      const T right = i + 3 < row ? here[i + 3] - here[i] : T{0};
      g[i] += factor * ((left - right) + ((here[i] - above[i]) - (below[i] - here[i])));
    }
  };
  const tensor::Strips strips = tensor::strips_of(rgb);
  tensor::parallel_for(strips.count, [&](std::int64_t i, int) {
    const std::int64_t begin = i * strips.rows, end = std::min(begin + strips.rows, height);
    for (std::int64_t y = begin; y < end; ++y) one_row(y);
    tensor::let_go(rgb.narrow(2, begin, end - begin));
    if (to) tensor::let_go(gradient.narrow(2, begin, end - begin));
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0) / static_cast<double>(rgb.numel());
}

double by_tensors(const at::Tensor& rgb, double weight, const at::Tensor& gradient) {
  const auto height = rgb.size(2), width = rgb.size(3);
  const at::Tensor dx = rgb.narrow(3, 1, width - 1) - rgb.narrow(3, 0, width - 1);
  const at::Tensor dy = rgb.narrow(2, 1, height - 1) - rgb.narrow(2, 0, height - 1);
  const auto count = static_cast<double>(rgb.numel());
  if (gradient.defined()) {
    const double factor = 2 * weight / count;
    gradient.narrow(3, 1, width - 1).add_(dx, factor);
    gradient.narrow(3, 0, width - 1).sub_(dx, factor);
    gradient.narrow(2, 1, height - 1).add_(dy, factor);
    gradient.narrow(2, 0, height - 1).sub_(dy, factor);
  }
  return (dx.square().sum() + dy.square().sum()).item<double>() / count;
}

}  // namespace

double total_variation(const at::Tensor& rgb, double weight, const at::Tensor& gradient) {
  const auto format = at::MemoryFormat::ChannelsLast;
  const bool here = rgb.device().is_cpu() && rgb.is_contiguous(format) &&
                    (!gradient.defined() || gradient.is_contiguous(format));
  if (!here) return by_tensors(rgb, weight, gradient);
  if (rgb.scalar_type() == at::kFloat) return by_rows<float>(rgb, weight, gradient);
  return by_rows<double>(rgb, weight, gradient);
}

}  // namespace atelier::style
