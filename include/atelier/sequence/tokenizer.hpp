// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::sequence {

/// What a sequence is made of: the number of a character, of a piece of a word, of an event.
using Token = std::uint16_t;
inline constexpr int most_tokens = 65536;  ///< in a vocabulary

/// Tells text in tokens and back.
///
/// The first two tokens are the same in all: 0 stands for what the vocabulary lacks, and 1 ends a
/// document; neither comes from text that the vocabulary holds. Each token stands for fixed bytes,
/// so that text can be told token by token; those of one character may be shared by several tokens.
class Tokenizer {
 public:
  static constexpr Token unknown = 0, end = 1;

  virtual ~Tokenizer() = default;

  /// "characters", "pieces" or "events", by which read_tokenizer() knows it.
  [[nodiscard]] virtual std::string kind() const = 0;
  /// Number of tokens, 2..most_tokens.
  [[nodiscard]] virtual int vocabulary() const = 0;
  /// Appends the text's tokens. Throws Error bad_input where it is no well-formed UTF-8.
  virtual void encode(std::string_view text, std::vector<Token>& to) const = 0;
  /// What a token below vocabulary() stands for; empty for `end`. Valid as long as the tokenizer.
  [[nodiscard]] virtual std::string_view bytes_of(Token token) const = 0;
  /// All that it is made of, for a model's file.
  [[nodiscard]] virtual std::string serialised() const = 0;

  [[nodiscard]] std::vector<Token> encode(std::string_view text) const;
  [[nodiscard]] std::string decode(std::span<const Token> tokens) const;
};

/// The tokenizer that `serialised` was taken from. Throws Error bad_input when it is damaged.
[[nodiscard]] std::unique_ptr<Tokenizer> read_tokenizer(std::string_view kind,
                                                        std::string_view serialised);

}  // namespace atelier::sequence
