// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// A word as tokens and how often it was seen.
struct CountedWord {
  std::vector<Token> tokens;
  std::uint64_t count = 0;
};

/// Two tokens that are joined to one.
using TokenPair = std::pair<Token, Token>;

/// Puts `joined` wherever `pair` stands, from the left on.
void join_in(std::vector<Token>& tokens, TokenPair pair, Token joined);

/// Joins the two neighbours that are seen most often within words to a new token, again and again:
/// `first_new`, first_new + 1, ... until `most` pairs are joined or none is seen twice. Of pairs
/// equally frequent the lower is joined first. Tokens that are not `joinable` stay alone.
/// Source: Sennrich, Haddow, Birch, "Neural machine translation of rare words with subword units",
/// ACL 2016 (after Gage, 1994).
[[nodiscard]] std::vector<TokenPair> learn_byte_pairs(std::vector<CountedWord> words,
                                                      std::size_t first_new, std::size_t most,
                                                      bool (*joinable)(Token));

}  // namespace atelier::sequence
