// SPDX-License-Identifier: Apache-2.0
// What the kernels answer to: plain loops in double precision, over memory not a number larger than
// it must be.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "atelier/base/random.hpp"
#include "tensor/kernels/blocks.hpp"
#include "tensor/kernels/winograd_tiles.hpp"

namespace atelier::tensor {

/// Activations that own their memory.
struct Layer {
  Layer(int rows, int columns, std::size_t count, float value = 0)
      : height(rows),
        width(columns),
        channels(count),
        values(Activations{nullptr, rows, columns, count, padded(count)}.size(), value) {}

  [[nodiscard]] Activations view() {
    return {values.data(), height, width, channels, padded(channels)};
  }
  [[nodiscard]] float* at(int y, int x) { return view().at(y, x); }

  int height, width;
  std::size_t channels;
  std::vector<float> values;
};

/// A mask that owns its memory.
struct Bits {
  Bits(int rows, int columns, std::size_t channels, std::uint16_t value = 0)
      : height(rows),
        width(columns),
        blocks(padded(channels) / block),
        words(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) * blocks, value) {}

  [[nodiscard]] Mask view() { return {words.data(), height, width, blocks}; }
  [[nodiscard]] bool at(int y, int x, std::size_t c) {
    return view().at(y, x)[c / block] >> (c % block) & 1;
  }

  int height, width;
  std::size_t blocks;
  std::vector<std::uint16_t> words;
};

inline std::vector<float> random_floats(std::size_t count, RandomStream& random,
                                        double deviation = 1, double mean = 0) {
  std::vector<float> values(count);
  for (float& v : values) v = static_cast<float>(mean + deviation * random.normal());
  return values;
}

inline Layer random_layer(int height, int width, std::size_t channels, RandomStream& random,
                          double deviation = 1, double mean = 0) {
  Layer layer(height, width, channels);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (std::size_t c = 0; c < channels; ++c) {
        layer.at(y, x)[c] = static_cast<float>(mean + deviation * random.normal());
      }
    }
  }
  return layer;
}

inline Bits random_bits(int height, int width, std::size_t channels, RandomStream& random) {
  Bits bits(height, width, channels);
  for (std::uint16_t& word : bits.words) word = static_cast<std::uint16_t>(random.next());
  return bits;
}

/// Whether the numbers that pad the channels are zero.
inline bool padding_is_zero(Layer& layer) {
  for (std::size_t i = 0; i < layer.view().positions(); ++i) {
    const float* first = layer.values.data() + i * padded(layer.channels);
    if (!std::all_of(first + layer.channels, first + padded(layer.channels),
                     [](float v) { return v == 0; })) {
      return false;
    }
  }
  return true;
}

/// Distance of two vectors, relative to the length of `want`; a length that its numbers would have
/// were each `usual` counts at least, so that a single number near zero asks for nothing unusual.
template <typename T>
double relative_error(std::span<const float> have, std::span<const T> want, double usual) {
  double difference = 0, length = 0;
  for (std::size_t i = 0; i < want.size(); ++i) {
    const double exact = want[i];
    difference += (have[i] - exact) * (have[i] - exact);
    length += exact * exact;
  }
  const double least = usual * std::sqrt(static_cast<double>(want.size()));
  return have.empty() ? 0 : std::sqrt(difference) / std::max(std::sqrt(length), least);
}

/// The same for a layer and what stands at its channels, position by position.
inline double relative_error(Layer& have, const std::vector<double>& want, double usual) {
  std::vector<float> values;
  values.reserve(want.size());
  for (int y = 0; y < have.height; ++y) {
    for (int x = 0; x < have.width; ++x) {
      values.insert(values.end(), have.at(y, x), have.at(y, x) + have.channels);
    }
  }
  return relative_error<double>(values, want, usual);
}

/// Weights (outputs x inputs x 3 x 3) as plain_convolution() reads them: row, column, from, to;
/// turned by 180 degrees and from outputs to inputs for the way back.
inline std::vector<double> plain_weights(const std::vector<float>& weight, std::size_t inputs,
                                         std::size_t outputs, bool way_back) {
  std::vector<double> plain(weight.size());
  for (std::size_t o = 0; o < outputs; ++o) {
    for (std::size_t i = 0; i < inputs; ++i) {
      for (std::size_t k = 0; k < 9; ++k) {
        const std::size_t to = way_back ? ((8 - k) * outputs + o) * inputs + i  //
                                        : (k * inputs + i) * outputs + o;
        plain[to] = weight[(o * inputs + i) * 9 + k];
      }
    }
  }
  return plain;
}

/// A 3 x 3 convolution with a border of zeros: positions x outputs.
inline std::vector<double> plain_convolution(Layer& in, const std::vector<double>& weight,
                                             std::size_t outputs) {
  std::vector<double> out(in.view().positions() * outputs);
  double* result = out.data();
  for (int y = 0; y < in.height; ++y) {
    for (int x = 0; x < in.width; ++x, result += outputs) {
      for (int k = 0; k < 9; ++k) {
        const int from_y = y + k / 3 - 1, from_x = x + k % 3 - 1;
        if (from_y < 0 || from_x < 0 || from_y >= in.height || from_x >= in.width) continue;
        const float* from = in.at(from_y, from_x);
        const double* w = weight.data() + static_cast<std::size_t>(k) * in.channels * outputs;
        for (std::size_t i = 0; i < in.channels; ++i, w += outputs) {
          const double value = from[i];
          if (value == 0) continue;
          for (std::size_t o = 0; o < outputs; ++o) result[o] += value * w[o];
        }
      }
    }
  }
  return out;
}

/// The gradient of a convolution's results from that of what a finish made of them: what the mask
/// lets through, of a window's only gradient its share.
inline Layer plain_unfinished(Layer& gradient, Finish finish, Bits& mask) {
  const bool pooled = finish != Finish::relu;
  const float share = finish == Finish::relu_average ? 0.25F : 1.0F;
  Layer result(mask.height, mask.width, gradient.channels);
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      const int from_y = pooled ? y / 2 : y, from_x = pooled ? x / 2 : x;
      if (from_y >= gradient.height || from_x >= gradient.width) continue;
      for (std::size_t c = 0; c < gradient.channels; ++c) {
        if (mask.at(y, x, c)) result.at(y, x)[c] = share * gradient.at(from_y, from_x)[c];
      }
    }
  }
  return result;
}

}  // namespace atelier::tensor
