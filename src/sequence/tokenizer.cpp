// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/tokenizer.hpp"

#include "atelier/base/error.hpp"
#include "sequence/character_tokenizer.hpp"
#include "sequence/event_tokenizer.hpp"
#include "sequence/piece_tokenizer.hpp"

namespace atelier::sequence {

std::vector<Token> Tokenizer::encode(std::string_view text) const {
  std::vector<Token> tokens;
  encode(text, tokens);
  return tokens;
}

std::string Tokenizer::decode(std::span<const Token> tokens) const {
  std::string text;
  for (const Token token : tokens) text += bytes_of(token);
  return text;
}

std::unique_ptr<Tokenizer> read_tokenizer(std::string_view kind, std::string_view serialised) {
  if (kind == "characters") return std::make_unique<CharacterTokenizer>(serialised);
  if (kind == "pieces") return std::make_unique<PieceTokenizer>(serialised);
  if (kind == "events") return std::make_unique<EventTokenizer>(serialised);
  fail(ErrorKind::bad_input, "there is no tokenizer '{}'.", kind);
}

}  // namespace atelier::sequence
