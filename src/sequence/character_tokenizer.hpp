// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// One token for each Unicode code point. Those that the vocabulary lacks become `unknown`, which
/// is told as U+FFFD; all others come back as they were. Broken UTF-8 is refused.
class CharacterTokenizer final : public Tokenizer {
 public:
  /// `characters`: those of tokens 2, 3, ... as UTF-8, each once. Throws Error bad_input otherwise.
  explicit CharacterTokenizer(std::string_view characters);

  /// Of the characters of these texts, at most `most` tokens in all: the most frequent ones, of
  /// equally frequent ones the lower, in the order of their code points. The texts are read where
  /// they lie. Throws Error bad_input as encode().
  [[nodiscard]] static CharacterTokenizer of(const std::vector<std::string_view>& texts, int most);

  [[nodiscard]] std::string kind() const override { return "characters"; }
  [[nodiscard]] int vocabulary() const override { return static_cast<int>(bytes_.size()); }
  using Tokenizer::encode;
  void encode(std::string_view text, std::vector<Token>& to) const override;
  [[nodiscard]] std::string_view bytes_of(Token token) const override { return bytes_.at(token); }
  [[nodiscard]] std::string serialised() const override;

 private:
  std::vector<std::string> bytes_;  // of each token
  std::array<Token, 128> ascii_{};
  std::unordered_map<char32_t, Token> others_;
};

}  // namespace atelier::sequence
