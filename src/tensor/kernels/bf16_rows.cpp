// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/bf16_rows.hpp"

#include "tensor/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/bf16_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "tensor/kernels/bits-inl.hpp"
#include "tensor/kernels/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

using Words = hn::Rebind<std::uint32_t, Floats>;
using Halves = hn::Rebind<std::uint16_t, Floats>;

HWY_INLINE Vector load(const Bf16* from) {
  const auto words = hn::PromoteTo(Words(), hn::LoadU(Halves(), from));
  return hn::BitCast(Floats(), hn::ShiftLeft<16>(words));
}

HWY_INLINE void store(Vector value, Bf16* to) {
  constexpr Words d;
  const auto bits = hn::BitCast(d, value);
  const auto odd = hn::And(hn::ShiftRight<16>(bits), hn::Set(d, 1));
  const auto rounded = hn::Add(bits, hn::Add(odd, hn::Set(d, 0x7FFF)));
  hn::StoreU(hn::TruncateTo(Halves(), hn::ShiftRight<16>(rounded)), Halves(), to);
}

void round_down(const float* from, std::size_t blocks, Bf16* to) {
  for (std::size_t i = 0; i < blocks * block; i += lanes)
    store(hn::LoadU(Floats(), from + i), to + i);
}

void widen(const Bf16* from, std::size_t blocks, float* to) {
  for (std::size_t i = 0; i < blocks * block; i += lanes)
    hn::StoreU(load(from + i), Floats(), to + i);
}

void positive_bits(const Bf16* values, std::size_t blocks, std::uint16_t* mask) {
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t part = 0; part < vectors_per_block; ++part) {
      const Vector value = load(values + b * block + part * lanes);
      store_bits(hn::Gt(value, hn::Zero(Floats())), mask + b, part);
    }
  }
}

template <bool maximum>
HWY_INLINE void pool_block(const Bf16* const from[4], std::uint16_t* const masks[4], Bf16* to) {
  constexpr Floats d;
  for (std::size_t part = 0; part < vectors_per_block; ++part) {
    Vector value[4];
    for (int k = 0; k < 4; ++k) value[k] = load(from[k] + part * lanes);
    const Vector greatest = hn::Max(hn::Max(value[0], value[1]), hn::Max(value[2], value[3]));
    const Vector sum = hn::Add(hn::Add(value[0], value[1]), hn::Add(value[2], value[3]));
    store(maximum ? greatest : hn::Mul(sum, hn::Set(d, 0.25F)), to + part * lanes);
    if (!masks[0]) continue;
    auto open = hn::Gt(greatest, hn::Zero(d));  // nobody has taken the gradient yet
    for (int k = 0; k < 4; ++k) {
      if constexpr (maximum) {
        const auto first = hn::And(open, hn::Eq(value[k], greatest));
        store_bits(first, masks[k], part);
        open = hn::AndNot(first, open);
      } else {
        store_bits(hn::Gt(value[k], hn::Zero(d)), masks[k], part);
      }
    }
  }
}

template <bool maximum>
HWY_INLINE void pool_pair(const RowPair& pair, Bf16* out) {
  const bool masked = pair.top_mask != nullptr;
  const std::size_t blocks = pair.blocks, columns = static_cast<std::size_t>(pair.width / 2);
  for (std::size_t x = 0; x < columns; ++x) {
    for (std::size_t b = 0; b < blocks; ++b) {
      const std::size_t left = 2 * x * blocks + b, right = left + blocks;
      const Bf16* const from[4] = {pair.top + left * block, pair.top + right * block,
                                   pair.bottom + left * block, pair.bottom + right * block};
      std::uint16_t* masks[4] = {};
      if (masked) {
        masks[0] = pair.top_mask + left;
        masks[1] = pair.top_mask + right;
        masks[2] = pair.bottom_mask + left;
        masks[3] = pair.bottom_mask + right;
      }
      pool_block<maximum>(from, masks, out + (x * blocks + b) * block);
    }
  }
  for (std::size_t i = 2 * columns * blocks;
       masked && i < static_cast<std::size_t>(pair.width) * blocks; ++i) {
    pair.top_mask[i] = pair.bottom_mask[i] = 0;
  }
}

void pool_two(const RowPair& pair, bool maximum, Bf16* out) {
  maximum ? pool_pair<true>(pair, out) : pool_pair<false>(pair, out);
}

void sum_open(const GradientRow& row, Bf16* to) {
  constexpr Floats d;
  const Vector share = hn::Set(d, row.share);
  const int paired = row.pooled ? row.width / 2 * 2 : row.width;
  for (int x = 0; x < row.width; ++x) {
    const auto position = static_cast<std::size_t>(x) * row.blocks;
    const auto behind = static_cast<std::size_t>(row.pooled ? x / 2 : x) * row.blocks;
    for (std::size_t b = 0; b < row.blocks; ++b) {
      for (std::size_t part = 0; part < vectors_per_block; ++part) {
        const std::size_t offset = (position + b) * block + part * lanes;
        Vector sum = hn::Zero(d);
        if (row.later && x < paired) {
          const Vector value = load(row.later + (behind + b) * block + part * lanes);
          sum =
              hn::IfThenElseZero(load_bits(row.passes + position + b, part), hn::Mul(value, share));
        }
        if (row.given) {
          const Vector value = hn::LoadU(d, row.given + offset);
          sum =
              hn::Add(sum, hn::IfThenElseZero(load_bits(row.positive + position + b, part), value));
        }
        store(sum, to + offset);
      }
    }
  }
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(round_down);
HWY_EXPORT(widen);
HWY_EXPORT(positive_bits);
HWY_EXPORT(pool_two);
HWY_EXPORT(sum_open);

void to_bf16(const float* from, std::size_t blocks, Bf16* to) {
  HWY_DYNAMIC_DISPATCH(round_down)(from, blocks, to);
}

void to_float(const Bf16* from, std::size_t blocks, float* to) {
  HWY_DYNAMIC_DISPATCH(widen)(from, blocks, to);
}

void note_positive(const Bf16* values, std::size_t blocks, std::uint16_t* mask) {
  HWY_DYNAMIC_DISPATCH(positive_bits)(values, blocks, mask);
}

void pool_rows(const RowPair& pair, bool maximum, Bf16* out) {
  HWY_DYNAMIC_DISPATCH(pool_two)(pair, maximum, out);
}

void open_gradient(const GradientRow& row, Bf16* to) {
  HWY_DYNAMIC_DISPATCH(sum_open)(row, to);
}

}  // namespace atelier::tensor
#endif
