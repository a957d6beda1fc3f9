// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace atelier::appraise {

using Words = std::vector<std::string>;

/// A text's words as verse sees them (src/verse/english_text.hpp), without apostrophes about them.
/// Throws Error bad_input for broken UTF-8 and for more than 1 MiB.
[[nodiscard]] Words words_of(std::string_view text);

/// Words with numbers: 0, 1, ... in the order of `words`.
class WordNumbers {
 public:
  explicit WordNumbers(std::span<const std::string> words);

  /// Of each word its number, -1 where it is not known.
  [[nodiscard]] std::vector<std::int64_t> of(const Words& text) const;

 private:
  std::unordered_map<std::string, std::int64_t> numbers_;
};

/// What words mean, from how they keep company.
struct WordVectors {
  std::vector<std::string> words;  ///< the commonest first
  at::Tensor rarity;               ///< V, float64: log(poems / poems that hold the word)
  at::Tensor axes;                 ///< V x K, float64, the strongest axis first
};

inline constexpr std::int64_t least_poems = 5, most_words = 12000;

/// Learns vectors of the words that stand in at least `least_poems` poems, the `most_words`
/// commonest at most.
///
/// How often two words stand within 10 words of each other, as positive pointwise mutual
/// information with the context's frequencies to the power of 3/4 (Levy, Goldberg, Dagan,
/// "Improving distributional similarity with lessons learned from word embeddings", TACL 3, 2015);
/// of that matrix the `dimensions` greatest singular values and left vectors, each vector times the
/// root of its value. They are found by subspace iteration from a start of chance (Halko,
/// Martinsson, Tropp, "Finding structure with randomness", SIAM Review 53, 2011, algorithm 4.4),
/// eight times.
///
/// Memory: most_words^2 float32, 576 MB. Throws Error bad_input when there are fewer words than
/// `dimensions`, and what `check` throws, called between steps.
[[nodiscard]] WordVectors learn_word_vectors(std::span<const Words> poems, std::int64_t dimensions,
                                             std::uint64_t seed,
                                             const std::function<void()>& check);

/// The first `dimensions` axes, each word's vector of length 1.
[[nodiscard]] at::Tensor directions(const WordVectors& vectors, std::int64_t dimensions);

/// Mean of the known words' rows of `table` (V x K), each counting by its rarity; zeros without any
/// known word.
[[nodiscard]] at::Tensor mean_of_words(std::span<const std::int64_t> numbers,
                                       const at::Tensor& table, const at::Tensor& rarity);

}  // namespace atelier::appraise
