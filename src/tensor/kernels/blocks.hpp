// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensor/buffer.hpp"

namespace atelier::tensor {

/// Channels are padded with zeros to a multiple of this: a cache line of floats, whatever a
/// vector's length.
inline constexpr std::size_t block = 16;

[[nodiscard]] constexpr std::size_t padded(std::size_t channels) {
  return (channels + block - 1) / block * block;
}

/// Activations of one layer: height x width positions, each `stride` floats of which the first
/// `channels` count and the others are zero. Does not own them.
struct Activations {
  float* data = nullptr;
  int height = 0, width = 0;
  std::size_t channels = 0, stride = 0;  ///< stride = padded(channels)

  [[nodiscard]] float* at(std::int64_t y, std::int64_t x) const {
    return data + static_cast<std::size_t>(y * width + x) * stride;
  }
  [[nodiscard]] std::size_t positions() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  }
  [[nodiscard]] std::size_t size() const { return positions() * stride; }
};

/// One bit for each activation, 16 channels a word: whether a gradient passes.
struct Mask {
  std::uint16_t* data = nullptr;
  int height = 0, width = 0;
  std::size_t blocks = 0;  ///< words a position

  [[nodiscard]] std::uint16_t* at(std::int64_t y, std::int64_t x) const {
    return data + static_cast<std::size_t>(y * width + x) * blocks;
  }
};

}  // namespace atelier::tensor
