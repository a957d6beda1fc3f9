// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace atelier::verse::bench {

/// A model of sequences: P(token | the last two), interpolated after Witten and Bell 1991:
///   P_n(t | c) = (count(c t) + kinds(c) P_{n-1}(t | c')) / (count(c) + kinds(c)),
/// where kinds(c) is how many different tokens followed c, and P_0 is the same for all.
class Ngram {
 public:
  explicit Ngram(std::size_t vocabulary) : vocabulary_(vocabulary), contexts_(1) {}

  void learn(std::span<const std::uint32_t> tokens);
  /// The distribution behind `before`, of which the last two count.
  [[nodiscard]] std::vector<double> after(std::span<const std::uint32_t> before) const;

 private:
  struct Followers {
    std::unordered_map<std::uint32_t, double> counts;
    double all = 0;
  };
  static std::uint64_t key(std::span<const std::uint32_t> context);

  std::size_t vocabulary_;
  std::unordered_map<std::uint64_t, Followers> contexts_;
};

}  // namespace atelier::verse::bench
