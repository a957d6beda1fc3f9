// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/pooling.hpp"

#include <algorithm>

#include "tensor/parallel.hpp"

namespace atelier::tensor {
namespace {

constexpr int window = 4;  // positions: top left, top right, bottom left, bottom right

}  // namespace

void pool(const Activations& in, Finish finish, const Activations& out, const Mask* mask) {
  const bool maximum = finish == Finish::relu_max;
  if (mask) std::fill_n(mask->data, in.positions() * mask->blocks, std::uint16_t{0});
  parallel_for(out.height, [&](std::int64_t y, int) {
    for (int x = 0; x < out.width; ++x) {
      float* result = out.at(y, x);
      for (std::size_t c = 0; c < in.stride; ++c) {
        float value[window];
        for (int k = 0; k < window; ++k) value[k] = in.at(2 * y + k / 2, 2 * x + k % 2)[c];
        const float* greatest = std::max_element(value, value + window);
        result[c] = maximum ? *greatest : 0.25F * ((value[0] + value[1]) + (value[2] + value[3]));
        for (int k = 0; mask && k < window; ++k) {
          const bool passes = !maximum || k == greatest - value;
          const auto bit = static_cast<std::uint16_t>(passes << (c % block));
          mask->at(2 * y + k / 2, 2 * x + k % 2)[c / block] |= bit;
        }
      }
    }
  });
}

void pool_backward(const Activations& out_gradient, Finish finish, const Mask& mask,
                   const Activations& in_gradient) {
  const float share = finish == Finish::relu_max ? 1.0F : 0.25F;
  parallel_for(out_gradient.height, [&](std::int64_t y, int) {
    for (int x = 0; x < out_gradient.width; ++x) {
      const float* gradient = out_gradient.at(y, x);
      for (int k = 0; k < window; ++k) {
        float* to = in_gradient.at(2 * y + k / 2, 2 * x + k % 2);
        const std::uint16_t* passes = mask.at(2 * y + k / 2, 2 * x + k % 2);
        for (std::size_t c = 0; c < in_gradient.stride; ++c) {
          if (passes[c / block] >> (c % block) & 1) to[c] += share * gradient[c];
        }
      }
    }
  });
}

}  // namespace atelier::tensor
