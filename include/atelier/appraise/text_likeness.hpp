// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::appraise {

/// A text among those that are known.
struct TextNeighbour {
  std::size_t place = 0;            ///< of the known text
  double likeness = 0;              ///< 0..1
  std::vector<std::string> shared;  ///< at most four, those that make it like most first
};

/// Which of some texts are most like another, by the words (English, but for articles, pronouns and
/// their like) and the characters and pairs of them (Chinese) that they share.
///
/// Vectors of (1 + log how often) times rarity, compared by the cosine of their angle: Salton,
/// Buckley, "Term-weighting approaches in automatic text retrieval", Information Processing &
/// Management 24, 1988. Rarity is log(1 + (N - n + 1/2) / (n + 1/2)) of a term that n of N texts
/// hold (Robertson, Sparck Jones, "Relevance weighting of search terms", JASIS 27, 1976, kept above
/// 0). What the texts mean is not asked: a poem on the sea in other words is no neighbour.
class TextLikeness {
 public:
  /// Throws Error bad_input for broken UTF-8 and for a text of more than 1 MiB.
  explicit TextLikeness(std::span<const std::string> texts);

  /// The `count` likest of those that share anything, the likest first; `without`: a place to leave
  /// out. Throws as the maker.
  [[nodiscard]] std::vector<TextNeighbour> nearest(
      std::string_view text, std::size_t count,
      std::size_t without = static_cast<std::size_t>(-1)) const;

 private:
  using Vector = std::map<std::string, double, std::less<>>;  // of length 1

  [[nodiscard]] Vector vector_of(std::string_view text) const;

  std::map<std::string, double, std::less<>> rarity_;
  double unseen_ = 0;  // rarity of what no text holds
  std::vector<Vector> texts_;
};

}  // namespace atelier::appraise
