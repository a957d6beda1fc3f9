// SPDX-License-Identifier: Apache-2.0
// The matrix product that every kernel stands on, compiled once for each instruction set: included
// by kernels' .cpp files after hwy/foreach_target.h, and guarded for each target.
#if defined(ATELIER_TENSOR_PRODUCT_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef ATELIER_TENSOR_PRODUCT_INL
#undef ATELIER_TENSOR_PRODUCT_INL
#else
#define ATELIER_TENSOR_PRODUCT_INL
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>

#include "tensor/kernels/blocks.hpp"
#include "tensor/kernels/product.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// Channels lie in blocks of 16; a vector is a block or an even part of one.
using Floats = hn::CappedTag<float, block>;
using Vector = hn::Vec<Floats>;
constexpr std::size_t lanes = hn::MaxLanes(Floats());
constexpr std::size_t vectors_per_block = block / lanes;

/// Rows and panels of 16 columns that fit into the registers together.
#if HWY_TARGET == HWY_AVX3
constexpr int tile_rows = 12, tile_panels = 2;
#elif HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_NEON
constexpr int tile_rows = 6, tile_panels = 1;
#else
constexpr int tile_rows = 2, tile_panels = 1;
#endif

/// C += or = A B for `rows` rows of A and `panels` panels of B, all of it in registers. B's panel
/// is depth x 16; panels lie `b_step` apart.
template <int rows, int panels>
HWY_INLINE void multiply_tile(const Rows& a, const float* HWY_RESTRICT b, std::size_t b_step,
                              std::size_t depth, float* HWY_RESTRICT c, std::size_t c_step,
                              bool add) {
  constexpr Floats d;
  constexpr int vectors = panels * static_cast<int>(vectors_per_block);
  Vector sum[rows][vectors];
#pragma GCC unroll 16
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 16
    for (int v = 0; v < vectors; ++v) {
      sum[r][v] = add ? hn::LoadU(d, c + r * c_step + v * lanes) : hn::Zero(d);
    }
  }
  const float* HWY_RESTRICT a_k = a.data;
  const std::size_t row_step = a.row_step;
  for (std::size_t k = 0; k < depth; ++k) {
    Vector column[vectors];
#pragma GCC unroll 16
    for (int v = 0; v < vectors; ++v) {
      const std::size_t panel = v / vectors_per_block, part = v % vectors_per_block;
      column[v] = hn::LoadU(d, b + panel * b_step + k * block + part * lanes);
    }
#pragma GCC unroll 16
    for (int r = 0; r < rows; ++r) {
      const Vector element = hn::Set(d, a_k[r * row_step]);
#pragma GCC unroll 16
      for (int v = 0; v < vectors; ++v) sum[r][v] = hn::MulAdd(element, column[v], sum[r][v]);
    }
    a_k += a.k_step;
  }
#pragma GCC unroll 16
  for (int r = 0; r < rows; ++r) {
#pragma GCC unroll 16
    for (int v = 0; v < vectors; ++v) hn::StoreU(sum[r][v], d, c + r * c_step + v * lanes);
  }
}

/// The same for any number of rows.
template <int panels>
HWY_INLINE void multiply_rows(Rows a, std::size_t rows, const float* HWY_RESTRICT b,
                              std::size_t b_step, std::size_t depth, float* HWY_RESTRICT c,
                              std::size_t c_step, bool add) {
  const auto advance = [&](std::size_t done) HWY_ATTR {
    a.data += done * a.row_step;
    c += done * c_step;
    rows -= done;
  };
  for (; rows >= tile_rows; advance(tile_rows)) {
    multiply_tile<tile_rows, panels>(a, b, b_step, depth, c, c_step, add);
  }
  constexpr int half = tile_rows / 2, quarter = std::max(1, tile_rows / 4);
  for (; rows >= half; advance(half))
    multiply_tile<half, panels>(a, b, b_step, depth, c, c_step, add);
  for (; rows >= quarter; advance(quarter)) {
    multiply_tile<quarter, panels>(a, b, b_step, depth, c, c_step, add);
  }
  for (; rows >= 1; advance(1)) multiply_tile<1, panels>(a, b, b_step, depth, c, c_step, add);
}

/// C (rows x 16 panels) = or += A (rows x depth) B. `packed(panel, count, k, depth)` gives where
/// `count` panels of B from `panel` on lie for rows k ... k + depth - 1, a pointer and the distance
/// between panels; it is asked for depth_step rows at most, few enough to stay in the first cache.
constexpr std::size_t depth_step = 256;
template <class Packed>
HWY_INLINE void multiply(const Rows& a, std::size_t rows, std::size_t depth, std::size_t panels,
                         const Packed& packed, float* c, std::size_t c_step, bool add) {
  for (std::size_t k = 0; k < depth; k += depth_step) {
    const std::size_t part = std::min(depth_step, depth - k);
    const Rows from_k{a.data + k * a.k_step, a.row_step, a.k_step};
    std::size_t panel = 0;
    for (; panel + tile_panels <= panels; panel += tile_panels) {
      const Panels b = packed(panel, std::size_t{tile_panels}, k, part);
      multiply_rows<tile_panels>(from_k, rows, b.data, b.step, part, c + panel * block, c_step,
                                 add || k > 0);
    }
    for (; panel < panels; ++panel) {
      const Panels b = packed(panel, std::size_t{1}, k, part);
      multiply_rows<1>(from_k, rows, b.data, b.step, part, c + panel * block, c_step, add || k > 0);
    }
  }
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
