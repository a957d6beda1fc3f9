// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/first_convolution.hpp"

#include <algorithm>

#include "tensor/kernels/elementwise.hpp"
#include "tensor/kernels/product.hpp"
#include "tensor/parallel.hpp"

namespace atelier::tensor {
namespace {

constexpr std::size_t channels = 3, reach = 3;
constexpr std::size_t row_values = reach * channels;      // of one row of the filter
constexpr std::size_t patch_values = reach * row_values;  // 27, in two panels of 16
constexpr std::size_t panels_back = 2;
constexpr std::size_t run = 48;  // positions taken through together
constexpr int band = 16;         // rows of the gradient that one item makes

/// Position of (output, row, column, channel) in a weight tensor.
std::size_t weight_index(std::size_t output, std::size_t k) {
  const std::size_t row = k / row_values, column = k % row_values / channels,
                    channel = k % channels;
  return ((output * channels + channel) * reach + row) * reach + column;
}

}  // namespace

FirstConvolution::FirstConvolution(const float* weight, const float* bias, std::size_t outputs)
    : outputs_(outputs),
      forward_(patch_values * padded(outputs)),
      backward_(panels_back * padded(outputs) * block),
      bias_(padded(outputs)) {
  for (std::size_t o = 0; o < outputs; ++o) {
    bias_.data()[o] = bias[o];
    for (std::size_t k = 0; k < patch_values; ++k) {
      const float w = weight[weight_index(o, k)];
      forward_.data()[(o / block * patch_values + k) * block + o % block] = w;
      backward_.data()[(k / block * padded(outputs) + o) * block + k % block] = w;
    }
  }
}

void FirstConvolution::forward(const float* picture, const Activations& out,
                               const Mask* mask) const {
  const std::size_t picture_row = static_cast<std::size_t>(out.width + 2) * channels;
  const std::size_t panels = out.stride / block;
  parallel_for(out.height, [&](std::int64_t y, int) {
    for (int x = 0; x < out.width; x += static_cast<int>(run)) {
      const std::size_t count = std::min(run, static_cast<std::size_t>(out.width - x));
      float* results = out.at(y, x);
      for (std::size_t row = 0; row < reach; ++row) {
        const float* from = picture + (static_cast<std::size_t>(y) + row) * picture_row +
                            static_cast<std::size_t>(x) * channels;
        multiply({from, channels, 1}, count, row_values,
                 {forward_.data() + row * row_values * block, patch_values * block}, panels,
                 results, out.stride, row > 0);
      }
      add_bias_relu(results, count, bias_.data(), panels, mask ? mask->at(y, x) : nullptr);
    }
  });
}

void FirstConvolution::backward(const Activations& out_gradient, const Mask& mask,
                                float* picture_gradient) const {
  const std::size_t stride = out_gradient.stride;
  const int rows = out_gradient.height + 2;
  const std::size_t row_size = static_cast<std::size_t>(out_gradient.width + 2) * channels;
  // A result reaches three rows of the gradient: each item makes its rows alone, from the results
  // that reach them, so that no two write to one place.
  parallel_for((rows + band - 1) / band, [&](std::int64_t item, int) {
    const int first = static_cast<int>(item) * band, end = std::min(rows, first + band);
    std::fill(picture_gradient + static_cast<std::size_t>(first) * row_size,
              picture_gradient + static_cast<std::size_t>(end) * row_size, 0.0F);
    Buffer<float> open(run * stride);
    alignas(64) float patches[run * panels_back * block];
    for (int y = std::max(0, first - 2); y < std::min(end, out_gradient.height); ++y) {
      for (int x = 0; x < out_gradient.width; x += static_cast<int>(run)) {
        const std::size_t count = std::min(run, static_cast<std::size_t>(out_gradient.width - x));
        copy_masked(out_gradient.at(y, x), mask.at(y, x), count, stride / block, open.data());
        multiply({open.data(), stride, 1}, count, stride, {backward_.data(), stride * block},
                 panels_back, patches, panels_back * block, false);
        for (int row = std::max(0, first - y); row < std::min(3, end - y); ++row) {
          float* to = picture_gradient + static_cast<std::size_t>(y + row) * row_size +
                      static_cast<std::size_t>(x) * channels;
          const float* from = patches + static_cast<std::size_t>(row) * row_values;
          for (std::size_t i = 0; i < count; ++i, to += channels, from += panels_back * block) {
            for (std::size_t k = 0; k < row_values; ++k) to[k] += from[k];
          }
        }
      }
    }
  });
}

}  // namespace atelier::tensor
