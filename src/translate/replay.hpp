// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <string>
#include <vector>

namespace atelier::translate {

/// Pictures painted in the past. A discriminator that sees one of these for every second new one
/// does not forget what painters did before, and both turn in circles less.
///
/// Source: Shrivastava et al., "Learning from simulated and unsupervised images through adversarial
/// training", CVPR 2017. Pictures are kept as bytes.
class Replay {
 public:
  /// `most`: pictures kept; 0: none, and exchanged() gives back what it takes. `name`: for chance.
  Replay(int most, std::uint64_t seed, std::string name);

  /// Takes in what was painted at the places of a batch, N x 3 x H x W, 0..1; gives for each, by
  /// chance alike, itself or one kept, whose place it takes. `first`: the number in the whole run
  /// of the first. Rounded to bytes.
  [[nodiscard]] at::Tensor exchanged(const at::Tensor& painted, std::int64_t first);

  /// What is kept, K x 3 x H x W bytes; undefined: nothing.
  [[nodiscard]] at::Tensor state() const;
  void restore(const at::Tensor& state);

 private:
  std::size_t most_;
  std::uint64_t seed_;
  std::string name_;
  std::vector<at::Tensor> kept_;
};

}  // namespace atelier::translate
