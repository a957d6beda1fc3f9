// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/row_matrix.hpp"

#include <algorithm>
#include <cmath>

#include "tensor/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/row_matrix.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "tensor/kernels/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

using HalfFloats = hn::Rebind<hwy::float16_t, Floats>;

HWY_INLINE Vector weights_at(const std::uint16_t* from) {
  constexpr hn::RebindToUnsigned<HalfFloats> d;
  return hn::PromoteTo(Floats(), hn::BitCast(HalfFloats(), hn::LoadU(d, from)));
}

HWY_INLINE Vector weights_at(const std::int8_t* from) {
  constexpr hn::Rebind<std::int8_t, Floats> d;
  constexpr hn::Rebind<std::int32_t, Floats> words;
  return hn::ConvertTo(Floats(), hn::PromoteTo(words, hn::LoadU(d, from)));
}

/// One panel: 16 sums over columns, in four parts each so that additions need not wait.
template <class Weight>
HWY_INLINE void multiply_panel(const Weight* HWY_RESTRICT w, const float* HWY_RESTRICT x,
                               std::size_t columns, const float* scales, float* y) {
  constexpr Floats d;
  constexpr std::size_t parts = 4;
  Vector sum[parts][vectors_per_block];
#pragma GCC unroll 16
  for (std::size_t i = 0; i < parts; ++i) {
#pragma GCC unroll 16
    for (std::size_t v = 0; v < vectors_per_block; ++v) sum[i][v] = hn::Zero(d);
  }
  const auto add = [&](std::size_t k, std::size_t i) HWY_ATTR {
    const Vector element = hn::Set(d, x[k]);
#pragma GCC unroll 16
    for (std::size_t v = 0; v < vectors_per_block; ++v) {
      sum[i][v] = hn::MulAdd(element, weights_at(w + k * block + v * lanes), sum[i][v]);
    }
  };
  std::size_t k = 0;
  for (; k + parts <= columns; k += parts) {
#pragma GCC unroll 4
    for (std::size_t i = 0; i < parts; ++i) add(k + i, i);
  }
  for (; k < columns; ++k) add(k, 0);
  for (std::size_t v = 0; v < vectors_per_block; ++v) {
    const Vector all = hn::Add(hn::Add(sum[0][v], sum[1][v]), hn::Add(sum[2][v], sum[3][v]));
    hn::StoreU(hn::Mul(all, hn::LoadU(d, scales + v * lanes)), d, y + v * lanes);
  }
}

template <class Weight>
HWY_INLINE void multiply_panels(const Weight* w, const float* x, std::size_t panels,
                                std::size_t columns, const float* scales, float* y) {
  for (std::size_t p = 0; p < panels; ++p) {
    multiply_panel(w + p * columns * block, x, columns, scales + p * block, y + p * block);
  }
}

void multiply_halves(const std::uint16_t* w, const float* x, std::size_t panels,
                     std::size_t columns, const float* scales, float* y) {
  multiply_panels(w, x, panels, columns, scales, y);
}

void multiply_bytes(const std::int8_t* w, const float* x, std::size_t panels, std::size_t columns,
                    const float* scales, float* y) {
  multiply_panels(w, x, panels, columns, scales, y);
}

/// Rounds a block to halves, and back.
void to_halves(const float* from, std::uint16_t* to) {
  constexpr hn::RebindToUnsigned<HalfFloats> d;
  for (std::size_t i = 0; i < block; i += lanes) {
    hn::StoreU(hn::BitCast(d, hn::DemoteTo(HalfFloats(), hn::LoadU(Floats(), from + i))), d,
               to + i);
  }
}

void from_halves(const std::uint16_t* from, float* to) {
  for (std::size_t i = 0; i < block; i += lanes) {
    hn::StoreU(weights_at(from + i), Floats(), to + i);
  }
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(multiply_halves);
HWY_EXPORT(multiply_bytes);
HWY_EXPORT(to_halves);
HWY_EXPORT(from_halves);

RowMatrix::RowMatrix(const float* weights, std::size_t rows, std::size_t columns, Weights kind)
    : rows_(rows), columns_(columns), kind_(kind), scales_(padded(rows)) {
  constexpr float greatest_byte = 127;
  const std::size_t count = padded(rows) * columns;
  kind == Weights::fp16 ? halves_.reserve(count) : bytes_.reserve(count);
  for (std::size_t r = 0; r < rows; ++r) {
    float greatest = 0;
    for (std::size_t k = 0; k < columns; ++k) {
      greatest = std::max(greatest, std::abs(weights[r * columns + k]));
    }
    scales_.data()[r] = kind == Weights::fp16 ? 1 : greatest / greatest_byte;
  }
  for (std::size_t panel = 0; panel < padded(rows); panel += block) {
    for (std::size_t k = 0; k < columns; ++k) {
      alignas(64) float column[block] = {};
      const std::size_t to = panel * columns + k * block;
      for (std::size_t i = 0; i < std::min(block, rows - panel); ++i) {
        column[i] = weights[(panel + i) * columns + k];
      }
      if (kind == Weights::fp16) {
        HWY_DYNAMIC_DISPATCH(to_halves)(column, halves_.data() + to);
        continue;
      }
      for (std::size_t i = 0; i < block; ++i) {
        const float scale = scales_.data()[panel + i];
        bytes_.data()[to + i] =
            static_cast<std::int8_t>(scale > 0 ? std::lround(column[i] / scale) : 0);
      }
    }
  }
}

void RowMatrix::multiply(const float* x, float* y) const {
  const std::size_t panels = padded(rows_) / block;
  if (kind_ == Weights::fp16) {
    HWY_DYNAMIC_DISPATCH(multiply_halves)
    (halves_.data(), x, panels, columns_, scales_.data(), y);
  } else {
    HWY_DYNAMIC_DISPATCH(multiply_bytes)
    (bytes_.data(), x, panels, columns_, scales_.data(), y);
  }
}

void RowMatrix::row(std::size_t row, float* to) const {
  const std::size_t panel = row / block * block * columns_, place = row % block;
  for (std::size_t k = 0; k < columns_; ++k) {
    const std::size_t from = panel + k * block;
    if (kind_ == Weights::fp16) {
      alignas(64) float column[block];
      HWY_DYNAMIC_DISPATCH(from_halves)(halves_.data() + from, column);
      to[k] = column[place];
    } else {
      to[k] = static_cast<float>(bytes_.data()[from + place]) * scales_.data()[row];
    }
  }
}

}  // namespace atelier::tensor
#endif
