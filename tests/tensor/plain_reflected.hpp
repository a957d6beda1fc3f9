// SPDX-License-Identifier: Apache-2.0
// Convolutions with a reflected border, and enlarging, by plain loops in double precision.
#pragma once

#include <algorithm>
#include <vector>

#include "plain.hpp"

namespace atelier::tensor {

/// Position `i` of 0 ... length - 1 and one beyond at each end, which mirror the second and the
/// last but one.
inline int mirrored(int i, int length) {
  if (length == 1) return 0;
  return i < 0 ? 1 : i >= length ? length - 2 : i;
}

/// A layer as doubles: height x width x channels.
struct Plain {
  int height, width;
  std::size_t channels;
  std::vector<double> values;

  [[nodiscard]] double& at(int y, int x, std::size_t c) {
    return values[static_cast<std::size_t>(y * width + x) * channels + c];
  }
};

inline Plain zeros(int height, int width, std::size_t channels) {
  return {height, width, channels,
          std::vector<double>(static_cast<std::size_t>(height * width) * channels)};
}

inline Plain plain(Layer& layer) {
  Plain result = zeros(layer.height, layer.width, layer.channels);
  for (int y = 0; y < layer.height; ++y) {
    for (int x = 0; x < layer.width; ++x) {
      for (std::size_t c = 0; c < layer.channels; ++c) result.at(y, x, c) = layer.at(y, x)[c];
    }
  }
  return result;
}

/// Filters of 3 and more see from one position before theirs on; those of 1, that alone.
inline Plain plain_reflected(Plain in, const std::vector<float>& weight,
                             const std::vector<float>& bias, int size, int stride) {
  const std::size_t outputs = bias.size();
  const int border = size == 1 ? 0 : 1;
  Plain out = zeros((in.height + 2 * border - size) / stride + 1,
                    (in.width + 2 * border - size) / stride + 1, outputs);
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      for (std::size_t o = 0; o < outputs; ++o) {
        double sum = bias[o];
        for (std::size_t i = 0; i < in.channels; ++i) {
          for (int k = 0; k < size * size; ++k) {
            sum += in.at(mirrored(y * stride + k / size - border, in.height),
                         mirrored(x * stride + k % size - border, in.width), i) *
                   weight[(o * in.channels + i) * static_cast<std::size_t>(size * size) +
                          static_cast<std::size_t>(k)];
          }
        }
        out.at(y, x, o) = sum;
      }
    }
  }
  return out;
}

/// Twice the height and width, by straight lines between the middles of positions.
inline Plain plain_enlarged(Plain in) {
  Plain out = zeros(2 * in.height, 2 * in.width, in.channels);
  const auto along = [](int i, int length, int& first, int& second) {
    const double at = std::clamp((i + 0.5) / 2 - 0.5, 0.0, length - 1.0);
    first = static_cast<int>(at);
    second = std::min(first + 1, length - 1);
    return at - first;
  };
  for (int y = 0; y < out.height; ++y) {
    for (int x = 0; x < out.width; ++x) {
      int top, bottom, left, right;
      const double v = along(y, in.height, top, bottom), h = along(x, in.width, left, right);
      for (std::size_t c = 0; c < in.channels; ++c) {
        out.at(y, x, c) = (1 - v) * ((1 - h) * in.at(top, left, c) + h * in.at(top, right, c)) +
                          v * ((1 - h) * in.at(bottom, left, c) + h * in.at(bottom, right, c));
      }
    }
  }
  return out;
}

/// What `finish` makes of a result over what was there.
inline void finish_plainly(Plain& result, Finish finish, Layer& before) {
  for (int y = 0; y < result.height; ++y) {
    for (int x = 0; x < result.width; ++x) {
      for (std::size_t c = 0; c < result.channels; ++c) {
        double& value = result.at(y, x, c);
        if (finish == Finish::bias_add || finish == Finish::bias_add_relu) {
          value += before.at(y, x)[c];
        }
        if (finish == Finish::relu || finish == Finish::bias_add_relu) value = std::max(value, 0.0);
      }
    }
  }
}

}  // namespace atelier::tensor
