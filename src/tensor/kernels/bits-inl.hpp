// SPDX-License-Identifier: Apache-2.0
// Masks between registers and memory, compiled once for each instruction set.
#if defined(ATELIER_TENSOR_BITS_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef ATELIER_TENSOR_BITS_INL
#undef ATELIER_TENSOR_BITS_INL
#else
#define ATELIER_TENSOR_BITS_INL
#endif

#include <hwy/highway.h>

#include <cstdint>

#include "tensor/kernels/product-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace atelier::tensor::HWY_NAMESPACE {

/// Lanes of vector `part` of a block, of which `word` has a bit for each channel.
HWY_INLINE hn::Mask<Floats> load_bits(const std::uint16_t* word, std::size_t part) {
  alignas(8) std::uint8_t bytes[8] = {};
  const unsigned bits = static_cast<unsigned>(*word) >> (part * lanes);
  bytes[0] = static_cast<std::uint8_t>(bits);
  bytes[1] = static_cast<std::uint8_t>(bits >> 8);
  return hn::LoadMaskBits(Floats(), bytes);
}

/// Writes the bits of vector `part`; part 0 clears the others.
HWY_INLINE void store_bits(hn::Mask<Floats> mask, std::uint16_t* word, std::size_t part) {
  alignas(8) std::uint8_t bytes[8] = {};
  hn::StoreMaskBits(Floats(), mask, bytes);
  const unsigned bits = bytes[0] | (lanes > 8 ? static_cast<unsigned>(bytes[1]) << 8 : 0U);
  const unsigned before = part == 0 ? 0U : *word;
  *word = static_cast<std::uint16_t>(before | bits << (part * lanes));
}

}  // namespace atelier::tensor::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
