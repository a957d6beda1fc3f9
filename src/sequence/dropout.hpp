// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>

namespace atelier::sequence {

/// Sets a share of numbers to zero and enlarges the others, so that the mean stays. Which, is a
/// function of the seed, the sample's position in the whole run, the place in the network and the
/// number's in the sample: not of how batches are divided, of the device or of what was dropped
/// before.
///
/// Source: Srivastava et al., "Dropout", JMLR 2014. Chance: SplitMix64's last step (random.hpp) of
/// a counter, of whose 64 bits each number gets 16; so shares are multiples of 2^-16.
class Dropout {
 public:
  /// Lets everything pass.
  Dropout() = default;
  /// For `rows` samples of which the first stands at position `first`. `rate` in [0, 1).
  Dropout(double rate, std::uint64_t seed, std::int64_t first, std::int64_t rows,
          at::Device device);

  /// `x`: rows x T x C, T * C a multiple of four; `place`: another for each use in a network.
  [[nodiscard]] at::Tensor operator()(const at::Tensor& x, int place) const;

 private:
  std::int64_t dropped_ = 0;  // of 65536
  at::Tensor keys_;           // a number for each row
};

}  // namespace atelier::sequence
