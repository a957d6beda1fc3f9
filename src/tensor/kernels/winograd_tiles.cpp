// SPDX-License-Identifier: Apache-2.0
// Winograd's F(6x6, 3x3) at the points 0, +-1, +-2, +-1/2 and infinity: the transforms between
// pixels and frequencies, and the products in between.
#include "tensor/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/winograd_tiles.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "tensor/kernels/bits-inl.hpp"
#include "tensor/kernels/product-inl.hpp"
#include "tensor/kernels/winograd_tiles.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

/// B^T of 8 values, written `step` apart.
HWY_INLINE void input_row(const Vector* d, Vector* out, std::size_t step) {
  constexpr Floats t;
  const Vector c4_25 = hn::Set(t, 4.25F), c5_25 = hn::Set(t, 5.25F), half = hn::Set(t, 0.5F),
               two = hn::Set(t, 2.0F), four = hn::Set(t, 4.0F), quarter = hn::Set(t, 0.25F),
               c2_5 = hn::Set(t, 2.5F), c1_25 = hn::Set(t, 1.25F), five = hn::Set(t, 5.0F);
  out[0] = hn::MulAdd(c5_25, hn::Sub(d[4], d[2]), hn::Sub(d[0], d[6]));
  out[7 * step] = hn::MulAdd(c5_25, hn::Sub(d[3], d[5]), hn::Sub(d[7], d[1]));
  Vector even = hn::NegMulAdd(c4_25, d[4], hn::Add(d[2], d[6]));
  Vector odd = hn::NegMulAdd(c4_25, d[3], hn::Add(d[1], d[5]));
  out[step] = hn::Add(even, odd);
  out[2 * step] = hn::Sub(even, odd);
  const Vector middle = hn::Mul(c2_5, d[3]);
  even = hn::MulAdd(quarter, d[2], hn::NegMulAdd(c1_25, d[4], d[6]));
  odd = hn::MulAdd(half, d[1], hn::MulSub(two, d[5], middle));
  out[3 * step] = hn::Add(even, odd);
  out[4 * step] = hn::Sub(even, odd);
  even = hn::MulAdd(four, d[2], hn::NegMulAdd(five, d[4], d[6]));
  odd = hn::MulAdd(two, d[1], hn::MulSub(half, d[5], middle));
  out[5 * step] = hn::Add(even, odd);
  out[6 * step] = hn::Sub(even, odd);
}

/// A^T of 8 values, written `step` apart.
HWY_INLINE void output_row(const Vector* m, Vector* out, std::size_t step) {
  constexpr Floats t;
  const Vector half = hn::Set(t, 0.5F), two = hn::Set(t, 2.0F), four = hn::Set(t, 4.0F),
               eight = hn::Set(t, 8.0F), sixteen = hn::Set(t, 16.0F), c32 = hn::Set(t, 32.0F);
  const Vector a = hn::Add(m[1], m[2]), b = hn::Sub(m[1], m[2]), c = hn::Add(m[3], m[4]),
               d = hn::Sub(m[3], m[4]), e = hn::Add(m[5], m[6]), f = hn::Sub(m[5], m[6]);
  out[0] = hn::MulAdd(sixteen, e, hn::Add(m[0], hn::Add(a, c)));
  out[step] = hn::MulAdd(eight, f, hn::MulAdd(two, d, b));
  out[2 * step] = hn::MulAdd(four, e, hn::MulAdd(four, c, a));
  out[3 * step] = hn::MulAdd(two, f, hn::MulAdd(eight, d, b));
  out[4 * step] = hn::Add(e, hn::MulAdd(sixteen, c, a));
  out[5 * step] = hn::Add(hn::MulAdd(half, f, m[7]), hn::MulAdd(c32, d, b));
}

template <bool masked>
HWY_INLINE void input_tile(const TileSource& source, std::size_t blocks, float* HWY_RESTRICT v,
                           std::size_t v_step) {
  constexpr Floats d;
  const Vector scale = hn::Set(d, source.scale);
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t part = 0; part < vectors_per_block; ++part) {
      const std::size_t offset = b * block + part * lanes;
      Vector half[64];
      for (std::size_t j = 0; j < 8; ++j) {
        Vector column[8];
#pragma GCC unroll 8
        for (std::size_t i = 0; i < 8; ++i) {
          column[i] = hn::LoadU(d, source.pixels[i * 8 + j] + offset);
          if constexpr (masked) {
            const auto passes = load_bits(source.masks[i * 8 + j] + b, part);
            column[i] = hn::IfThenElseZero(passes, hn::Mul(scale, column[i]));
          }
        }
        input_row(column, half + j, 8);
      }
      float* out = v + offset;
      for (std::size_t i = 0; i < 8; ++i) {
        Vector row[8];
        input_row(half + i * 8, row, 1);
#pragma GCC unroll 8
        for (std::size_t j = 0; j < 8; ++j) hn::StoreU(row[j], d, out + (i * 8 + j) * v_step);
      }
    }
  }
}

void input(const TileSource& source, std::size_t blocks, float* v, std::size_t v_step) {
  if (source.masked) {
    input_tile<true>(source, blocks, v, v_step);
  } else {
    input_tile<false>(source, blocks, v, v_step);
  }
}

void enlarged_input(const EnlargedTile& tile, std::size_t blocks, float* HWY_RESTRICT v,
                    std::size_t v_step) {
  constexpr Floats d;
  constexpr std::size_t reach = EnlargedTile::reach;
  for (std::size_t offset = 0; offset < blocks * block; offset += lanes) {
    Vector tall[tile_reach][reach];  // enlarged in height
    for (std::size_t c = 0; c < reach; ++c) {
      Vector from[reach];
#pragma GCC unroll 6
      for (std::size_t r = 0; r < reach; ++r) {
        from[r] = hn::LoadU(d, tile.pixels[r * reach + c] + offset);
      }
      for (std::size_t i = 0; i < tile_reach; ++i) {
        const EnlargedTile::Between& row = tile.rows[i];
        const Vector apart = hn::Sub(from[row.second], from[row.first]);
        tall[i][c] = hn::MulAdd(hn::Set(d, row.share), apart, from[row.first]);
      }
    }
    Vector half[64];
    for (std::size_t j = 0; j < tile_reach; ++j) {
      const EnlargedTile::Between& column = tile.columns[j];
      const Vector share = hn::Set(d, column.share);
      Vector values[tile_reach];
#pragma GCC unroll 8
      for (std::size_t i = 0; i < tile_reach; ++i) {
        const Vector first = tall[i][column.first];
        values[i] = hn::MulAdd(share, hn::Sub(tall[i][column.second], first), first);
      }
      input_row(values, half + j, 8);
    }
    float* out = v + offset;
    for (std::size_t i = 0; i < tile_reach; ++i) {
      Vector row[tile_reach];
      input_row(half + i * 8, row, 1);
#pragma GCC unroll 8
      for (std::size_t j = 0; j < 8; ++j) hn::StoreU(row[j], d, out + (i * 8 + j) * v_step);
    }
  }
}

/// G of 3 values, written `step` apart; rows as in winograd.cpp.
HWY_INLINE void filter_row(const Vector* g, std::size_t g_step, Vector* out, std::size_t step) {
  constexpr Floats t;
  const Vector ninth = hn::Set(t, -2.0F / 9), small = hn::Set(t, 1.0F / 90),
               middle = hn::Set(t, 1.0F / 45), large = hn::Set(t, 2.0F / 45);
  const Vector first = g[0], second = g[g_step], third = g[2 * g_step];
  out[0] = first;
  const Vector outer = hn::Add(first, third);
  out[step] = hn::Mul(ninth, hn::Add(outer, second));
  out[2 * step] = hn::Mul(ninth, hn::Sub(outer, second));
  const Vector slope = hn::Mul(middle, second);
  const Vector rising = hn::MulAdd(large, third, hn::Mul(small, first));
  out[3 * step] = hn::Add(rising, slope);
  out[4 * step] = hn::Sub(rising, slope);
  const Vector falling = hn::MulAdd(small, third, hn::Mul(large, first));
  out[5 * step] = hn::Add(falling, slope);
  out[6 * step] = hn::Sub(falling, slope);
  out[7 * step] = third;
}

void filters(const float* HWY_RESTRICT taps, float* HWY_RESTRICT u, std::size_t u_step) {
  constexpr Floats d;
  for (std::size_t offset = 0; offset < block; offset += lanes) {
    Vector g[9], half[24];
    for (std::size_t k = 0; k < 9; ++k) g[k] = hn::LoadU(d, taps + k * block + offset);
    for (std::size_t j = 0; j < 3; ++j) filter_row(g + j, 3, half + j, 3);
    for (std::size_t i = 0; i < 8; ++i) {
      Vector row[8];
      filter_row(half + i * 3, 1, row, 1);
      for (std::size_t j = 0; j < 8; ++j) hn::StoreU(row[j], d, u + (i * 8 + j) * u_step + offset);
    }
  }
}

/// The 6 x 6 results of one vector of channels, on their way to memory.
struct Results {
  Vector values[tile_edge * tile_edge];
};

HWY_INLINE Results results_of(const float* HWY_RESTRICT m, std::size_t m_step) {
  constexpr Floats d;
  Vector half[48];
  for (std::size_t j = 0; j < 8; ++j) {
    Vector column[8];
#pragma GCC unroll 8
    for (std::size_t i = 0; i < 8; ++i) column[i] = hn::LoadU(d, m + (i * 8 + j) * m_step);
    output_row(column, half + j, 8);
  }
  Results results;
  for (std::size_t i = 0; i < 6; ++i) output_row(half + i * 8, results.values + i * 6, 1);
  return results;
}

/// Rows and columns of a tile that lie within the picture.
struct Extent {
  int rows, columns;
};

HWY_INLINE void store(const Results& results, const TileTarget& t, Extent in, std::size_t offset,
                      bool add) {
  constexpr Floats d;
  for (int i = 0; i < in.rows; ++i) {
    float* out = t.out->at(t.y + i, t.x) + offset;
    for (int j = 0; j < in.columns; ++j, out += t.out->stride) {
      const Vector value = results.values[i * tile_edge + j];
      hn::StoreU(add ? hn::Add(value, hn::LoadU(d, out)) : value, d, out);
    }
  }
}

template <bool add, bool relu>
HWY_INLINE void store_biased(const Results& results, const TileTarget& t, Extent in,
                             std::size_t offset) {
  constexpr Floats d;
  const Vector bias = hn::LoadU(d, t.bias + offset);
  for (int i = 0; i < in.rows; ++i) {
    float* out = t.out->at(t.y + i, t.x) + offset;
    for (int j = 0; j < in.columns; ++j, out += t.out->stride) {
      Vector value = hn::Add(results.values[i * tile_edge + j], bias);
      if constexpr (add) value = hn::Add(value, hn::LoadU(d, out));
      if constexpr (relu) value = hn::Max(value, hn::Zero(d));
      hn::StoreU(value, d, out);
    }
  }
}

HWY_INLINE void store_relu(Results& results, const TileTarget& t, Extent in, std::size_t b,
                           std::size_t part) {
  constexpr Floats d;
  const std::size_t offset = b * block + part * lanes;
  const Vector bias = hn::LoadU(d, t.bias + offset), zero = hn::Zero(d);
  for (int i = 0; i < in.rows; ++i) {
    float* out = t.out->at(t.y + i, t.x) + offset;
    for (int j = 0; j < in.columns; ++j, out += t.out->stride) {
      const Vector value = hn::Add(results.values[i * tile_edge + j], bias);
      if (t.mask) store_bits(hn::Gt(value, zero), t.mask->at(t.y + i, t.x + j) + b, part);
      hn::StoreU(hn::Max(value, zero), d, out);
    }
  }
}

template <bool maximum>
HWY_INLINE void store_pooled(Results& results, const TileTarget& t, Extent in, std::size_t b,
                             std::size_t part) {
  constexpr Floats d;
  const std::size_t offset = b * block + part * lanes;
  const Vector bias = hn::LoadU(d, t.bias + offset), zero = hn::Zero(d),
               quarter = hn::Set(d, 0.25F);
  const auto none = hn::Lt(zero, zero);
  for (int i = 0; i < in.rows; i += 2) {
    for (int j = 0; j < in.columns; j += 2) {
      const int y = t.y + i, x = t.x + j;
      const bool whole = y + 1 < t.height && x + 1 < t.width;
      Vector value[4];
      for (int k = 0; k < 4; ++k) {
        const Vector sum = hn::Add(results.values[(i + k / 2) * tile_edge + j + k % 2], bias);
        value[k] = hn::Max(sum, zero);
      }
      const Vector greatest = hn::Max(hn::Max(value[0], value[1]), hn::Max(value[2], value[3]));
      if (whole) {
        const Vector sum = hn::Add(hn::Add(value[0], value[1]), hn::Add(value[2], value[3]));
        hn::StoreU(maximum ? greatest : hn::Mul(sum, quarter), d, t.out->at(y / 2, x / 2) + offset);
      }
      if (!t.mask) continue;
      auto open = hn::Gt(greatest, zero);  // no earlier one of the window was the greatest
      for (int k = 0; k < 4; ++k) {
        const int my = y + k / 2, mx = x + k % 2;
        if (my >= t.height || mx >= t.width) continue;
        auto passes = hn::Gt(value[k], zero);
        if constexpr (maximum) {
          passes = hn::And(open, hn::Eq(value[k], greatest));
          open = hn::AndNot(passes, open);
        }
        store_bits(whole ? passes : none, t.mask->at(my, mx) + b, part);
      }
    }
  }
}

void output(const TileTarget& t, std::size_t blocks, const float* m, std::size_t m_step) {
  const Extent in{std::min(tile_edge, t.height - t.y), std::min(tile_edge, t.width - t.x)};
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t part = 0; part < vectors_per_block; ++part) {
      const std::size_t offset = b * block + part * lanes;
      Results results = results_of(m + offset, m_step);
      switch (t.finish) {
        case Finish::plain:
          store(results, t, in, offset, /*add=*/false);
          break;
        case Finish::add:
          store(results, t, in, offset, /*add=*/true);
          break;
        case Finish::bias:
          store_biased<false, false>(results, t, in, offset);
          break;
        case Finish::bias_add:
          store_biased<true, false>(results, t, in, offset);
          break;
        case Finish::bias_add_relu:
          store_biased<true, true>(results, t, in, offset);
          break;
        case Finish::relu:
          store_relu(results, t, in, b, part);
          break;
        case Finish::relu_max:
          store_pooled<true>(results, t, in, b, part);
          break;
        case Finish::relu_average:
          store_pooled<false>(results, t, in, b, part);
          break;
      }
    }
  }
}

/// to[c * 16 + r] = from[r * 16 + c] for 16 x 16 values.
HWY_INLINE void transpose_block(const float* HWY_RESTRICT from, float* HWY_RESTRICT to) {
#if HWY_TARGET == HWY_SCALAR
  for (std::size_t r = 0; r < block; ++r) {
    for (std::size_t c = 0; c < block; ++c) to[c * block + r] = from[r * block + c];
  }
#else
  constexpr hn::CappedTag<float, 4> d4;
  const hn::Repartition<double, decltype(d4)> d2;
  for (std::size_t r = 0; r < block; r += 4) {
    for (std::size_t c = 0; c < block; c += 4) {
      const float* in = from + r * block + c;
      float* out = to + c * block + r;
      const auto row0 = hn::LoadU(d4, in), row1 = hn::LoadU(d4, in + block),
                 row2 = hn::LoadU(d4, in + 2 * block), row3 = hn::LoadU(d4, in + 3 * block);
      const auto low01 = hn::BitCast(d2, hn::InterleaveLower(d4, row0, row1)),
                 low23 = hn::BitCast(d2, hn::InterleaveLower(d4, row2, row3)),
                 high01 = hn::BitCast(d2, hn::InterleaveUpper(d4, row0, row1)),
                 high23 = hn::BitCast(d2, hn::InterleaveUpper(d4, row2, row3));
      hn::StoreU(hn::BitCast(d4, hn::InterleaveLower(d2, low01, low23)), d4, out);
      hn::StoreU(hn::BitCast(d4, hn::InterleaveUpper(d2, low01, low23)), d4, out + block);
      hn::StoreU(hn::BitCast(d4, hn::InterleaveLower(d2, high01, high23)), d4, out + 2 * block);
      hn::StoreU(hn::BitCast(d4, hn::InterleaveUpper(d2, high01, high23)), d4, out + 3 * block);
    }
  }
#endif
}

void multiply_frequency(const float* v, std::size_t rows, const FrequencyWeights& w, float* m) {
  if (!w.turned) {
    const auto panels = [&](std::size_t panel, std::size_t, std::size_t k, std::size_t) {
      const std::size_t step = w.inputs * block;
      return Panels{w.data + panel * step + k * block, step};
    };
    multiply({v, w.inputs, 1}, rows, w.inputs, w.outputs / block, panels, m, w.outputs, false);
    return;
  }
  // A panel of turned weights is one column of blocks, each transposed.
  alignas(64) float turned[tile_panels * depth_step * block];
  const auto panels = [&](std::size_t panel, std::size_t count, std::size_t k,
                          std::size_t depth) HWY_ATTR {
    for (std::size_t p = 0; p < count; ++p) {
      for (std::size_t r = 0; r < depth; r += block) {
        const float* from = w.data + ((k + r) / block * w.inputs + (panel + p) * block) * block;
        transpose_block(from, turned + (p * depth_step + r) * block);
      }
    }
    return Panels{turned, depth_step * block};
  };
  multiply({v, w.outputs, 1}, rows, w.outputs, w.inputs / block, panels, m, w.inputs, false);
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(input);
HWY_EXPORT(enlarged_input);
HWY_EXPORT(filters);
HWY_EXPORT(output);
HWY_EXPORT(multiply_frequency);

void winograd_input(const TileSource& source, std::size_t blocks, float* v, std::size_t v_step) {
  HWY_DYNAMIC_DISPATCH(input)(source, blocks, v, v_step);
}

void winograd_enlarged_input(const EnlargedTile& tile, std::size_t blocks, float* v,
                             std::size_t v_step) {
  HWY_DYNAMIC_DISPATCH(enlarged_input)(tile, blocks, v, v_step);
}

void winograd_filters(const float* taps, float* u, std::size_t u_step) {
  HWY_DYNAMIC_DISPATCH(filters)(taps, u, u_step);
}

void winograd_output(const TileTarget& target, std::size_t blocks, const float* m,
                     std::size_t m_step) {
  HWY_DYNAMIC_DISPATCH(output)(target, blocks, m, m_step);
}

void winograd_multiply(const float* v, std::size_t rows, const FrequencyWeights& weights,
                       float* m) {
  HWY_DYNAMIC_DISPATCH(multiply_frequency)(v, rows, weights, m);
}

}  // namespace atelier::tensor
#endif
