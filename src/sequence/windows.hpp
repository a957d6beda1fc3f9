// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

#include "atelier/sequence/tokenizer.hpp"
#include "train/sample_order.hpp"

namespace atelier::sequence {

/// Stretches of a text, each `context` tokens and the one behind: a sample's inputs are all but its
/// last token, its targets all but the first.
///
/// Each epoch cuts the text, from a place of its own on, into stretches side by side and shuffles
/// them, so that every token is learned once an epoch and from other places in every one. A pure
/// function of seed and position in the run.
class Windows {
 public:
  /// `tokens` must outlive this. Throws Error invalid_argument when they are fewer than two
  /// stretches.
  Windows(std::span<const Token> tokens, int context, std::uint64_t seed);

  /// Samples at positions first, first + 1, ... of the run: count x (context + 1), int64.
  [[nodiscard]] at::Tensor at(std::int64_t first, std::int64_t count) const;

 private:
  [[nodiscard]] std::int64_t start(std::int64_t position) const;

  std::span<const Token> tokens_;
  std::int64_t context_;
  std::uint64_t seed_;
  std::int64_t count_;  // in an epoch
  train::SampleOrder order_;
};

/// Stretches for measuring: at most `most` tokens, evenly chosen from all, in stretches side by
/// side: count x (length + 1), int64, where length is `context`, or less when there are not so many
/// tokens. Throws Error invalid_argument when there are fewer than two.
[[nodiscard]] at::Tensor even_windows(std::span<const Token> tokens, int context,
                                      std::int64_t most);

}  // namespace atelier::sequence
