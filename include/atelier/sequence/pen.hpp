// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "atelier/base/random.hpp"
#include "atelier/sequence/decoder.hpp"
#include "atelier/sequence/writing.hpp"

namespace atelier::sequence {

/// A sequence that grows token by token and can be taken back to a mark.
///
/// A decoder that is full is told the later half of what it can hold anew, so that a sequence of
/// any length grows; the model then sees between half of its context and all of it.
class Pen {
 public:
  using Constrain = std::function<void(std::span<const Token> all, std::span<float> logits)>;

  /// Begins behind `prompt`. `decoder` must outlive this and serve nothing else meanwhile. Throws
  /// Error invalid_argument when the prompt is empty or holds a token beyond the vocabulary.
  Pen(Decoder& decoder, std::span<const Token> prompt);

  /// The prompt and all behind it.
  [[nodiscard]] std::span<const Token> all() const noexcept { return all_; }
  void append(Token token);
  /// Draws what may come next, without appending it: what `constrain` leaves, of what the options
  /// leave. Throws Error invalid_argument when a constraint forbids every token.
  [[nodiscard]] Token drawn(const ChoiceOptions& choice, RandomStream& chance,
                            const Constrain& constrain = {});
  /// -log p, in nats, of a token that would come next, before any choice option.
  [[nodiscard]] double surprise(Token token);

  /// Remembers this place, in the place of what was remembered before.
  void mark();
  /// Forgets what came behind mark(); the same choices then give the same tokens.
  void back();

 private:
  [[nodiscard]] std::span<const float> foretold();

  Decoder& decoder_;
  std::vector<Token> all_;
  std::vector<float> logits_;  // of the next, when all was read
  std::size_t held_ = 0;       // tokens that the decoder holds, behind whom are ...
  std::size_t fresh_;          // ... those that it was not told yet
  struct Mark {
    std::size_t size = 0, held = 0;
    std::vector<float> logits;
    bool restarted = false;  // the decoder, since
  } marked_;
};

}  // namespace atelier::sequence
