// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "atelier/base/options.hpp"
#include "atelier/sequence/decoder.hpp"
#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// How the next token is chosen. Ranges, units and help stand once, in choice_option_table().
struct ChoiceOptions {
  double temperature = 0.8;
  int top_k = 0;
  double top_p = 0.95;
  double repetition = 1;
  int repetition_window = 64;
};
[[nodiscard]] const OptionTable<ChoiceOptions>& choice_option_table();

/// What a piece of writing is asked to be.
struct WritingOptions {
  ChoiceOptions choice;
  std::int64_t length = 500;                 ///< tokens at most, at least 1
  std::vector<Token> stops{Tokenizer::end};  ///< any of them ends it and is left out
  std::uint64_t seed = 0;
  /// How often each stretch is drawn at most, at least 1; the least forced of these drafts stays.
  /// 1: token by token.
  int drafts = 1;
};

/// Who takes part while it is written; each may be empty.
struct WritingListeners {
  /// Makes tokens likelier or less likely by adding to their logits. `before`: prompt and all
  /// written.
  std::function<void(std::span<const Token> before, std::span<float> logits)> lean;
  /// Forbids tokens by setting their logits to minus infinity.
  std::function<void(std::span<const Token> before, std::span<float> logits)> constrain;
  /// Told each token as soon as it is chosen; false ends the writing behind it.
  std::function<bool(Token)> on_token;
  /// Of drafts: whether a stretch ends with `before`. None: each token is one.
  std::function<bool(std::span<const Token> before)> ends_stretch;
  /// Of drafts: a stretch begins, which constrain() follows; then again and again it is taken back
  /// to where that was.
  std::function<void()> mark, back;
};

/// What was written.
struct Writing {
  enum class End { length, stop_token, listener, request };

  std::vector<Token> tokens;  ///< without the prompt
  /// -log p of all of them, and of the stop token, as the model foretold before any choice option.
  double nats = 0;
  End end = End::length;
};

/// Goes on behind `prompt` token by token (pen.hpp): the same bytes for the same decoder, options
/// and constraint.
///
/// In drafts it goes on stretch by stretch, such as the lines of a poem. A model draws from left to
/// right, and what a form then forces upon a stretch's end, a rhyme or the end itself, can be what
/// it would never say there. Of several drafts that one stays to which the constraint did least:
/// the share of chances that it left, multiplied over all tokens, is what the draft would weigh as
/// a particle (Lew, Zhi-Xuan, Grand, Mansinghka, "Sequential Monte Carlo steering of large language
/// models using probabilistic programs", 2023). Differs: the heaviest one is taken, not one drawn
/// by weight.
///
/// Throws Error invalid_argument when the prompt is empty or holds a token beyond the vocabulary,
/// options break a limit, or a constraint forbids every token.
[[nodiscard]] Writing write(Decoder& decoder, std::span<const Token> prompt,
                            const WritingOptions& options = {},
                            const WritingListeners& listeners = {}, std::stop_token stop = {});

}  // namespace atelier::sequence
