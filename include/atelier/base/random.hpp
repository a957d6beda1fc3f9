// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace atelier {

/// A named stream of random numbers: the same seed and name give the same numbers on every machine,
/// and streams of other names are independent, so that adding one use of chance never changes
/// another.
///
/// Source: SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA
/// 2014); the stream's name is folded into the start by FNV-1a. Normal deviates by Box and Muller.
class RandomStream {
 public:
  RandomStream(std::uint64_t seed, std::string_view name) noexcept;

  /// 64 uniform bits.
  std::uint64_t next() noexcept;
  /// Uniform in [0, 1), 53 bits.
  double uniform() noexcept;
  /// Normal with mean 0 and variance 1.
  double normal() noexcept;

 private:
  std::uint64_t state_;
};

}  // namespace atelier
