// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "atelier/sequence/tokenizer.hpp"

namespace atelier::sequence {

/// An n-gram model with interpolated Kneser-Ney smoothing: what a network must beat.
///
/// For a context u of k - 1 tokens and the token w, with N(u w) the count of u w in the text at the
/// highest order, and below it the number of different tokens before u w,
///   p_k(w | u) = max(N(u w) - D_k, 0) / N(u .) + D_k T(u) / N(u .) p_{k-1}(w | u without its
///   first)
/// where N(u .) sums N(u w) over w and T(u) counts the w with N(u w) > 0; p_0 = 1 / vocabulary.
/// D_k = n1 / (n1 + 2 n2) of the numbers of N equal to 1 and to 2. A context never seen passes to
/// the shorter one.
///
/// Sources: Kneser, Ney, "Improved backing-off for m-gram language modeling", ICASSP 1995; Chen,
/// Goodman, "An empirical study of smoothing techniques for language modeling", 1999.
class KneserNey {
 public:
  /// `order`: tokens of the longest n-gram, 1..8.
  KneserNey(std::span<const Token> text, int vocabulary, int order = 5);

  /// p(token | the last order - 1 tokens of `before`, or what there is of them).
  [[nodiscard]] double probability(std::span<const Token> before, Token token) const;

  /// The mean of -log p over all tokens of a text, in nats.
  [[nodiscard]] double nats_per_token(std::span<const Token> text) const;

 private:
  struct Node {
    std::uint32_t count = 0;      // N of the n-gram that leads here
    std::uint64_t sum = 0;        // of N over what follows it
    std::uint32_t different = 0;  // tokens that follow it
  };
  using NodeId = std::uint32_t;

  /// The node of an n-gram; 0, the root, for none of them that does not stand for nothing.
  [[nodiscard]] NodeId find(std::span<const Token> gram) const;
  NodeId child(NodeId node, Token token, bool& made);
  void count_grams(std::span<const Token> text);
  void sum_up();

  int vocabulary_;
  std::size_t order_;
  std::vector<Node> nodes_{1};
  std::vector<std::uint8_t> lengths_{0};                // of each node's n-gram
  std::unordered_map<std::uint64_t, NodeId> children_;  // by node and token
  std::vector<double> discounts_;                       // by length
};

}  // namespace atelier::sequence
