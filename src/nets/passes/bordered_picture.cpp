// SPDX-License-Identifier: Apache-2.0
#include "nets/passes/bordered_picture.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "tensor/parallel.hpp"

namespace atelier::nets {

BorderedPicture::BorderedPicture(const InputConvention& convention, Padding padding)
    : padding_(padding) {
  for (std::size_t c = 0; c < 3; ++c) {
    source_[c] = static_cast<std::int64_t>(convention.bgr ? 2 - c : c);
    factor_[c] = convention.scale / convention.std[c];
    offset_[c] = -convention.mean[c] / convention.std[c];
  }
}

const float* BorderedPicture::fill(const at::Tensor& rgb) {
  height_ = rgb.size(2);
  width_ = rgb.size(3);
  values_.reserve(static_cast<std::size_t>((height_ + 2) * (width_ + 2) * 3));
  const auto from = rgb.accessor<float, 4>();
  tensor::parallel_for(height_ + 2, [&](std::int64_t row, int) {
    const std::int64_t y = std::clamp<std::int64_t>(row - 1, 0, height_ - 1);
    float* to = values_.data() + row * (width_ + 2) * 3;
    for (std::int64_t column = 0; column < width_ + 2; ++column) {
      const std::int64_t x = std::clamp<std::int64_t>(column - 1, 0, width_ - 1);
      const bool shown = padding_ == Padding::replicate || (y == row - 1 && x == column - 1);
      for (std::size_t c = 0; c < 3; ++c, ++to) {
        *to =
            shown ? static_cast<float>(from[0][source_[c]][y][x] * factor_[c] + offset_[c]) : 0.0F;
      }
    }
  });
  return values_.data();
}

at::Tensor BorderedPicture::gradient_of_rgb() {
  at::Tensor result =
      at::empty({1, 3, height_, width_}, at::kFloat, at::MemoryFormat::ChannelsLast);
  if (padding_ == Padding::replicate) fold_border();
  auto to = result.accessor<float, 4>();
  tensor::parallel_for(height_, [&](std::int64_t y, int) {
    const float* from = values_.data() + ((y + 1) * (width_ + 2) + 1) * 3;
    for (std::int64_t x = 0; x < width_; ++x) {
      for (std::size_t c = 0; c < 3; ++c, ++from) {
        to[0][source_[c]][y][x] = static_cast<float>(*from * factor_[c]);
      }
    }
  });
  return result;
}

/// What reached the border belongs to the pixels it repeats.
void BorderedPicture::fold_border() {
  const auto add = [](float* to, const float* from) {
    for (int c = 0; c < 3; ++c) to[c] += from[c];
  };
  for (std::int64_t row = 0; row < height_ + 2; ++row) {
    add(at(row, 1), at(row, 0));
    add(at(row, width_), at(row, width_ + 1));
  }
  for (std::int64_t column = 1; column <= width_; ++column) {
    add(at(1, column), at(0, column));
    add(at(height_, column), at(height_ + 1, column));
  }
}

}  // namespace atelier::nets
