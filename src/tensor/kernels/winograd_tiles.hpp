// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "tensor/kernels/blocks.hpp"

namespace atelier::tensor {

/// F(6x6, 3x3): a tile of 6 x 6 results comes from 8 x 8 values by 64 products in place of 324.
inline constexpr int tile_edge = 6, tile_reach = 8;
inline constexpr std::size_t frequencies = 64;

/// What becomes of a convolution's result on its way to memory.
enum class Finish {
  plain,          ///< stored
  add,            ///< added to what is there
  bias,           ///< bias, stored
  bias_add,       ///< bias, added to what is there
  bias_add_relu,  ///< bias, added to what is there, ReLU of the sum
  relu,           ///< bias, ReLU, mask
  relu_max,       ///< bias, ReLU, 2 x 2 maximum; the mask passes the first of the greatest
  relu_average,   ///< bias, ReLU, 2 x 2 mean
};

/// Where the 8 x 8 values of one tile lie.
struct TileSource {
  std::array<const float*, frequencies> pixels;         ///< first channel of each position
  std::array<const std::uint16_t*, frequencies> masks;  ///< first word of each; used when `masked`
  bool masked = false;
  float scale = 1;  ///< of what passes
};

/// Where the 6 x 6 results of one tile go.
struct TileTarget {
  const Activations* out;  ///< of half the height and width when pooled
  const Mask* mask;        ///< of the unpooled result; null when nobody asks
  const float* bias;       ///< padded(channels), for the kinds that have one
  Finish finish;
  int y, x;           ///< of the tile's first result, unpooled
  int height, width;  ///< of the whole unpooled result
};

/// V = B^T d B for every channel: frequency f of block b at v[f * v_step + b * 16].
void winograd_input(const TileSource& source, std::size_t blocks, float* v, std::size_t v_step);

/// A tile of a layer enlarged to twice its height and width by straight lines between the middles
/// of positions: each of its 8 x 8 values lies between 2 x 2 of 6 x 6 positions.
struct EnlargedTile {
  static constexpr int reach = 6;
  struct Between {
    int first, second;  ///< of the six
    float share;        ///< of the second
  };
  std::array<const float*, reach * reach> pixels;  ///< first channel of each position
  std::array<Between, tile_reach> rows, columns;
};

/// V = B^T d B, as winograd_input().
void winograd_enlarged_input(const EnlargedTile& tile, std::size_t blocks, float* v,
                             std::size_t v_step);

/// U = G g G^T for 9 taps of 16 filters each: frequency f at u[f * u_step].
void winograd_filters(const float* taps, float* u, std::size_t u_step);

/// Y = A^T m A for every channel, finished as asked. Frequency f of block b lies at m[f * m_step +
/// b * 16].
void winograd_output(const TileTarget& target, std::size_t blocks, const float* m,
                     std::size_t m_step);

/// Transformed weights of one frequency: panels of 16 columns, each depth x 16.
struct FrequencyWeights {
  const float* data;
  std::size_t inputs, outputs;  ///< padded, as they were transformed
  bool turned;                  ///< multiply from outputs to inputs
};

/// M (rows x columns) = V (rows x depth) U, for one frequency.
void winograd_multiply(const float* v, std::size_t rows, const FrequencyWeights& weights, float* m);

}  // namespace atelier::tensor
