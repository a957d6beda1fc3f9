// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/direct_convolution.hpp"

#include <algorithm>
#include <cstring>

#include "tensor/kernels/elementwise.hpp"
#include "tensor/kernels/product.hpp"
#include "tensor/parallel.hpp"

namespace atelier::tensor {
namespace {

constexpr int run = 24;  // positions taken through together; a multiple of what products take

}  // namespace

DirectConvolution::DirectConvolution(const float* weight, const float* bias, std::size_t inputs,
                                     std::size_t outputs, int size, int stride)
    : inputs_(inputs), outputs_(outputs), size_(size), stride_(stride), bias_(padded(outputs)) {
  if (bias) std::copy_n(bias, outputs, bias_.data());
  const auto taps = static_cast<std::size_t>(size * size);
  const std::size_t depth = taps * inputs;
  panels_.reserve(depth * padded(outputs));
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i < inputs; ++i) {
      for (std::size_t k = 0; k < taps; ++k) {
        panels_.data()[(o / block * depth + k * inputs + i) * block + o % block] =
            weight[(o * inputs + i) * taps + k];
      }
    }
  }
}

/// What `count` results from (y, x) on see, one after the other.
void DirectConvolution::gather(const Part& in, int y, int x, int count, float* patches) const {
  const Activations& a = in.values;
  const int top = y * stride_ - 1, left = x * stride_ - 1;
  const bool dense = a.stride == inputs_;
  const std::size_t row_values = static_cast<std::size_t>(size_) * inputs_;
  const std::size_t pixel_bytes = inputs_ * sizeof(float), row_bytes = row_values * sizeof(float);
  for (int ky = 0; ky < size_; ++ky) {
    const int row = std::clamp(reflected_at(top + ky, in.height) - in.top, 0, a.height - 1);
    float* to = patches + static_cast<std::size_t>(ky) * row_values;
    for (int i = 0; i < count; ++i, to += static_cast<std::size_t>(size_) * row_values) {
      const int column = left + i * stride_;
      const bool inside = column >= 0 && column + size_ <= in.width;
      if (inside && dense) {
        std::memcpy(to, a.at(row, column - in.left), row_bytes);
        continue;
      }
      for (int kx = 0; kx < size_; ++kx) {
        const float* from =
            inside ? a.at(row, column + kx - in.left) : in.reflected(row + in.top, column + kx);
        std::memcpy(to + static_cast<std::size_t>(kx) * inputs_, from, pixel_bytes);
      }
    }
  }
}

void DirectConvolution::forward(const Part& in, Finish finish, const Part& out, const Region& where,
                                Workspace& workspace) const {
  const std::size_t depth = static_cast<std::size_t>(size_ * size_) * inputs_;
  const std::size_t panels = padded(outputs_) / block;
  workspace.input.reserve(static_cast<std::size_t>(worker_count() * run) * depth);
  const bool as_they_lie = size_ == 1 && stride_ == 1;
  parallel_for(where.bottom - where.top, [&](std::int64_t item, int worker) {
    const int y = where.top + static_cast<int>(item);
    float* patches = workspace.input.data() + static_cast<std::size_t>(worker * run) * depth;
    for (int x = where.left; x < where.right; x += run) {
      const int count = std::min(run, where.right - x);
      const auto rows = static_cast<std::size_t>(count);
      Rows seen{patches, depth, 1};
      if (as_they_lie) {
        seen = {in.at(y, x), in.values.stride, 1};
      } else {
        gather(in, y, x, count, patches);
      }
      float* results = out.at(y, x);
      if (finish == Finish::bias_add) {
        copy_with_offset(results, rows, panels, bias_.data(), results);
      }
      multiply(seen, rows, depth, {panels_.data(), depth * block}, panels, results,
               out.values.stride, finish == Finish::bias_add);
      if (finish == Finish::relu) add_bias_relu(results, rows, bias_.data(), panels, nullptr);
      if (finish == Finish::bias) {
        copy_with_offset(results, rows, panels, bias_.data(), results);
      }
    }
  });
}

}  // namespace atelier::tensor
