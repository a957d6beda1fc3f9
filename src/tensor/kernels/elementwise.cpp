// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/elementwise.hpp"

#include "tensor/kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "tensor/kernels/elementwise.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "tensor/kernels/bits-inl.hpp"
#include "tensor/kernels/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

void bias_relu(float* values, std::size_t positions, const float* bias, std::size_t blocks,
               std::uint16_t* mask) {
  constexpr Floats d;
  const Vector zero = hn::Zero(d);
  for (std::size_t i = 0; i < positions; ++i) {
    for (std::size_t b = 0; b < blocks; ++b) {
      for (std::size_t part = 0; part < vectors_per_block; ++part) {
        const std::size_t offset = b * block + part * lanes;
        float* at = values + i * blocks * block + offset;
        const Vector value = hn::Add(hn::LoadU(d, at), hn::LoadU(d, bias + offset));
        if (mask) store_bits(hn::Gt(value, zero), mask + i * blocks + b, part);
        hn::StoreU(hn::Max(value, zero), d, at);
      }
    }
  }
}

void masked_copy(const float* values, const std::uint16_t* mask, std::size_t positions,
                 std::size_t blocks, float* to) {
  constexpr Floats d;
  for (std::size_t b = 0; b < positions * blocks; ++b) {
    for (std::size_t part = 0; part < vectors_per_block; ++part) {
      const std::size_t offset = b * block + part * lanes;
      const Vector value = hn::LoadU(d, values + offset);
      hn::StoreU(hn::IfThenElseZero(load_bits(mask + b, part), value), d, to + offset);
    }
  }
}

void shifted_pack(const float* values, std::size_t positions, std::size_t blocks,
                  const float* shift, float* panels, std::size_t depth, float* sum) {
  constexpr Floats d;
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t part = 0; part < vectors_per_block; ++part) {
      const std::size_t offset = b * block + part * lanes;
      const Vector by = hn::LoadU(d, shift + offset);
      Vector total = hn::Zero(d);
      float* to = panels + b * depth * block + part * lanes;
      for (std::size_t i = 0; i < positions; ++i) {
        const Vector value = hn::Sub(hn::LoadU(d, values + i * blocks * block + offset), by);
        hn::StoreU(value, d, to + i * block);
        total = hn::Add(total, value);
      }
      hn::StoreU(hn::Add(total, hn::LoadU(d, sum + offset)), d, sum + offset);
    }
  }
}

void scaled_pack(const float* values, std::size_t positions, std::size_t blocks, const float* shift,
                 const float* scale, float* panels, std::size_t depth, float* sum) {
  constexpr Floats d;
  for (std::size_t b = 0; b < blocks; ++b) {
    for (std::size_t part = 0; part < vectors_per_block; ++part) {
      const std::size_t offset = b * block + part * lanes;
      const Vector by = hn::LoadU(d, shift + offset);
      Vector total = hn::Zero(d);
      float* to = panels + b * depth * block + part * lanes;
      for (std::size_t i = 0; i < positions; ++i) {
        const Vector factor = hn::Set(d, scale[i]);
        const Vector value =
            hn::Mul(hn::Sub(hn::LoadU(d, values + i * blocks * block + offset), by), factor);
        hn::StoreU(value, d, to + i * block);
        total = hn::MulAdd(value, factor, total);
      }
      hn::StoreU(hn::Add(total, hn::LoadU(d, sum + offset)), d, sum + offset);
    }
  }
}

void offset_copy(const float* from, std::size_t positions, std::size_t blocks, const float* offset,
                 float* values) {
  constexpr Floats d;
  for (std::size_t i = 0; i < positions; ++i) {
    for (std::size_t c = 0; c < blocks * block; c += lanes) {
      const std::size_t at = i * blocks * block + c;
      hn::StoreU(hn::Add(hn::LoadU(d, from + at), hn::LoadU(d, offset + c)), d, values + at);
    }
  }
}

void offset_add(const float* from, std::size_t positions, std::size_t blocks, const float* offset,
                const float* weights, float* values) {
  constexpr Floats d;
  for (std::size_t i = 0; i < positions; ++i) {
    const Vector weight = hn::Set(d, weights ? weights[i] : 1.0F);
    for (std::size_t c = 0; c < blocks * block; c += lanes) {
      const std::size_t at = i * blocks * block + c;
      const Vector value = hn::Add(hn::LoadU(d, from + at), hn::LoadU(d, offset + c));
      hn::StoreU(hn::MulAdd(weight, value, hn::LoadU(d, values + at)), d, values + at);
    }
  }
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace atelier::tensor {

HWY_EXPORT(bias_relu);
HWY_EXPORT(masked_copy);
HWY_EXPORT(shifted_pack);
HWY_EXPORT(scaled_pack);
HWY_EXPORT(offset_copy);
HWY_EXPORT(offset_add);

void add_bias_relu(float* values, std::size_t positions, const float* bias, std::size_t blocks,
                   std::uint16_t* mask) {
  HWY_DYNAMIC_DISPATCH(bias_relu)(values, positions, bias, blocks, mask);
}

void copy_masked(const float* values, const std::uint16_t* mask, std::size_t positions,
                 std::size_t blocks, float* to) {
  HWY_DYNAMIC_DISPATCH(masked_copy)(values, mask, positions, blocks, to);
}

void pack_shifted(const float* values, std::size_t positions, std::size_t blocks,
                  const float* shift, float* panels, std::size_t depth, float* sum) {
  HWY_DYNAMIC_DISPATCH(shifted_pack)(values, positions, blocks, shift, panels, depth, sum);
}

void pack_scaled(const float* values, std::size_t positions, std::size_t blocks, const float* shift,
                 const float* scale, float* panels, std::size_t depth, float* sum) {
  HWY_DYNAMIC_DISPATCH(scaled_pack)(values, positions, blocks, shift, scale, panels, depth, sum);
}

void copy_with_offset(const float* from, std::size_t positions, std::size_t blocks,
                      const float* offset, float* values) {
  HWY_DYNAMIC_DISPATCH(offset_copy)(from, positions, blocks, offset, values);
}

void add_with_offset(const float* from, std::size_t positions, std::size_t blocks,
                     const float* offset, const float* weights, float* values) {
  HWY_DYNAMIC_DISPATCH(offset_add)(from, positions, blocks, offset, weights, values);
}

}  // namespace atelier::tensor
#endif
