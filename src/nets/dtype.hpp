// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace atelier::nets {

/// Element types that files of weights hold. Free of torch, so that readers of untrusted files can
/// be built and fuzzed alone.
enum class DType { f64, f32, f16, bf16, i64, i32, i16, i8, u8, boolean };

/// Bytes of one element.
[[nodiscard]] constexpr std::int64_t element_size(DType type) noexcept {
  switch (type) {
    case DType::f64:
    case DType::i64:
      return 8;
    case DType::f32:
    case DType::i32:
      return 4;
    case DType::f16:
    case DType::bf16:
    case DType::i16:
      return 2;
    case DType::i8:
    case DType::u8:
    case DType::boolean:
      return 1;
  }
  return 0;
}

/// More dimensions than any weight has; files that say otherwise are refused.
inline constexpr std::size_t max_dimensions = 8;

/// The product of the sizes, or nothing when one is negative or the product exceeds 2^40.
[[nodiscard]] inline std::optional<std::int64_t> element_count(
    std::span<const std::int64_t> sizes) {
  constexpr std::int64_t limit = std::int64_t{1} << 40;
  std::int64_t count = 1;
  bool empty = false;
  for (const std::int64_t size : sizes) {
    if (size < 0 || size > limit) return std::nullopt;
    empty = empty || size == 0;
    if (!empty && count > limit / size) return std::nullopt;
    if (!empty) count *= size;
  }
  return empty ? 0 : count;
}

}  // namespace atelier::nets
