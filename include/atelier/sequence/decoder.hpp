// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// Reads one sequence token by token and foretells the next.
class Decoder {
 public:
  virtual ~Decoder() = default;

  [[nodiscard]] virtual int vocabulary() const = 0;
  /// Tokens that can be read until restart(); 0: any number.
  [[nodiscard]] virtual std::int64_t capacity() const = 0;
  /// Forgets all that was read.
  virtual void restart() = 0;
  /// Reads tokens behind those before, at least one. Returns the logits of the next: natural
  /// logarithms of probabilities, up to a constant, for each token of the vocabulary; valid until
  /// the next call.
  [[nodiscard]] virtual std::span<const float> read(std::span<const Token> tokens) = 0;
  /// Remembers what has been read, in the place of what was remembered before.
  virtual void mark() = 0;
  /// Forgets what was read behind mark(), after which no restart() came.
  virtual void back() = 0;
};

}  // namespace atelier::sequence
