// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "atelier/sequence/tokenizer.hpp"
#include "sequence/byte_pairs.hpp"

namespace atelier::sequence {

/// Pieces of words by byte-pair encoding. Every well-formed text comes back as it was.
///
/// Tokens 2..257 are the bytes; then characters beyond ASCII; then pairs of earlier tokens, joined
/// within words (words.hpp) in the order in which they were learned. A character that is no token
/// becomes its bytes, which are never joined.
class PieceTokenizer final : public Tokenizer {
 public:
  /// Tokens before the first character.
  static constexpr std::size_t first_character = 258;

  /// Learns at most `most` tokens, at least first_character, from these texts: half of the room at
  /// most for characters, the most frequent ones seen twice, then pairs, until none is seen twice.
  /// Of a text beyond 64 MiB one word in several is looked at, evenly. The same texts give the
  /// same tokens. Throws Error bad_input where a text is no well-formed UTF-8, invalid_argument
  /// when `most` is too small.
  [[nodiscard]] static PieceTokenizer of(const std::vector<std::string_view>& texts, int most);

  /// Throws Error bad_input when it is damaged or a token stands for more than 256 bytes.
  explicit PieceTokenizer(std::string_view serialised);

  [[nodiscard]] std::string kind() const override { return "pieces"; }
  [[nodiscard]] int vocabulary() const override { return static_cast<int>(bytes_.size()); }
  using Tokenizer::encode;
  void encode(std::string_view text, std::vector<Token>& to) const override;
  [[nodiscard]] std::string_view bytes_of(Token token) const override { return bytes_.at(token); }
  /// JSON: {"characters": text, "pairs": [[left, right], ...]}.
  [[nodiscard]] std::string serialised() const override;

 private:
  PieceTokenizer(std::string_view characters, const std::vector<TokenPair>& pairs);
  /// Characters and bytes of a word, before any is joined.
  [[nodiscard]] std::vector<Token> letters_of(std::string_view word) const;
  void join(std::vector<Token>& word) const;

  std::vector<std::string> bytes_;  // of each token
  std::string characters_;
  std::unordered_map<char32_t, Token> tokens_;  // of characters
  std::vector<TokenPair> pairs_;
  std::unordered_map<std::uint32_t, Token> joined_;  // by a pair
};

}  // namespace atelier::sequence
