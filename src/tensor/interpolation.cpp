// SPDX-License-Identifier: Apache-2.0
#include "tensor/interpolation.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "tensor/parallel.hpp"
#include "tensor/spill.hpp"

namespace atelier::tensor {
namespace {

double keys_cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  if (x < 2) return (((x - 5) * x + 8) * x - 4) * a;
  return 0;
}

/// One row of the result at a time, first down, then across.
template <typename T>
void interpolate_rows(const at::Tensor& x, const Axis& down, const Axis& across,
                      const at::Tensor& to, T kept) {
  const auto channels = x.size(1), row = x.size(3) * channels, row_to = to.size(3) * channels;
  const Strips strips = strips_of(to);
  std::vector<std::vector<T>> sums(static_cast<std::size_t>(worker_count()));
  const auto one_row = [&](std::int64_t y, std::vector<T>& sum) {
    const Axis::Taps& taps = down.outputs[static_cast<std::size_t>(y)];
    sum.assign(static_cast<std::size_t>(row), T{0});
    const T* from = x.data_ptr<T>() + taps.first * row;
    for (const float weight : taps.weights) {
      const T by = weight;
      for (std::int64_t i = 0; i < row; ++i) sum[static_cast<std::size_t>(i)] += by * from[i];
      from += row;
    }
    T* out = to.data_ptr<T>() + y * row_to;
    for (const Axis::Taps& columns : across.outputs) {
      const T* in = sum.data() + columns.first * channels;
      for (std::int64_t c = 0; c < channels; ++c) {
        T value = kept == T{0} ? T{0} : kept * out[c];
        for (std::size_t i = 0; i < columns.weights.size(); ++i) {
          value +=
              static_cast<T>(columns.weights[i]) * in[static_cast<std::int64_t>(i) * channels + c];
        }
        out[c] = value;
      }
      out += channels;
    }
  };
  parallel_for(strips.count, [&](std::int64_t i, int worker) {
    const std::int64_t begin = i * strips.rows, end = std::min(begin + strips.rows, to.size(2));
    for (std::int64_t y = begin; y < end; ++y) one_row(y, sums[static_cast<std::size_t>(worker)]);
    const Axis::Taps& first = down.outputs[static_cast<std::size_t>(begin)];
    const Axis::Taps& last = down.outputs[static_cast<std::size_t>(end - 1)];
    const int rows = last.first + static_cast<int>(last.weights.size()) - first.first;
    if (rows > 0) let_go(x.narrow(2, first.first, rows));
    let_go(to.narrow(2, begin, end - begin));
  });
}

at::Tensor matrix(const Axis& axis, const at::TensorOptions& options) {
  at::Tensor dense = at::zeros({static_cast<std::int64_t>(axis.outputs.size()), axis.inputs});
  for (std::size_t i = 0; i < axis.outputs.size(); ++i) {
    const Axis::Taps& taps = axis.outputs[i];
    std::copy(taps.weights.begin(), taps.weights.end(),
              dense.data_ptr<float>() + static_cast<std::int64_t>(i) * axis.inputs + taps.first);
  }
  return dense.to(options);
}

}  // namespace

Axis bilinear_axis(int from, int to) {
  Axis axis{from, {}};
  const double step = static_cast<double>(from) / to;
  for (int i = 0; i < to; ++i) {
    const double centre = std::clamp((i + 0.5) * step - 0.5, 0.0, from - 1.0);
    const int first = std::min(static_cast<int>(centre), std::max(0, from - 2));
    const auto way = static_cast<float>(centre - first);
    Axis::Taps taps{first, {1 - way}};
    if (from > 1) taps.weights.push_back(way);
    axis.outputs.push_back(std::move(taps));
  }
  return axis;
}

Axis bicubic_axis(int from, int to) {
  Axis axis{from, {}};
  const double step = static_cast<double>(from) / to;
  const double stretch = std::max(1.0, step);
  for (int i = 0; i < to; ++i) {
    const double centre = (i + 0.5) * step - 0.5;
    const int first = std::max(0, static_cast<int>(std::floor(centre - 2 * stretch)) + 1);
    const int last = std::min(from - 1, static_cast<int>(std::ceil(centre + 2 * stretch)) - 1);
    std::vector<double> weights;
    double sum = 0;
    for (int j = first; j <= last; ++j) {
      weights.push_back(keys_cubic((j - centre) / stretch));
      sum += weights.back();
    }
    Axis::Taps taps{first, {}};
    for (const double weight : weights) taps.weights.push_back(static_cast<float>(weight / sum));
    axis.outputs.push_back(std::move(taps));
  }
  return axis;
}

Axis transposed(const Axis& axis) {
  Axis result{static_cast<int>(axis.outputs.size()), {}};
  result.outputs.resize(static_cast<std::size_t>(axis.inputs));
  for (int i = 0; i < result.inputs; ++i) {
    const Axis::Taps& taps = axis.outputs[static_cast<std::size_t>(i)];
    for (std::size_t j = 0; j < taps.weights.size(); ++j) {
      Axis::Taps& to = result.outputs[static_cast<std::size_t>(taps.first) + j];
      if (to.weights.empty()) to.first = i;
      to.weights.resize(static_cast<std::size_t>(i - to.first) + 1);
      to.weights.back() = taps.weights[j];
    }
  }
  return result;
}

void interpolate(const at::Tensor& x, const Axis& down, const Axis& across, const at::Tensor& to,
                 double kept) {
  const auto format = at::MemoryFormat::ChannelsLast;
  if (x.device().is_cpu() && x.is_contiguous(format) && to.is_contiguous(format)) {
    if (x.scalar_type() == at::kFloat) {
      return interpolate_rows<float>(x, down, across, to, static_cast<float>(kept));
    }
    if (x.scalar_type() == at::kDouble) {
      return interpolate_rows<double>(x, down, across, to, kept);
    }
  }
  const at::Tensor moved =
      matrix(down, x.options()).matmul(x).matmul(matrix(across, x.options()).t());
  if (kept == 0) {
    to.copy_(moved);
  } else {
    to.mul_(kept).add_(moved);
  }
}

}  // namespace atelier::tensor
