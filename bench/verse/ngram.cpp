// SPDX-License-Identifier: Apache-2.0
#include "ngram.hpp"

namespace atelier::verse::bench {
namespace {

constexpr std::size_t longest_context = 2;

}  // namespace

std::uint64_t Ngram::key(std::span<const std::uint32_t> context) {
  std::uint64_t key = 0;
  for (const std::uint32_t token : context) key = key << 32 | (token + 1);
  return key;
}

void Ngram::learn(std::span<const std::uint32_t> tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    for (std::size_t n = 0; n <= std::min(i, longest_context); ++n) {
      Followers& followers = contexts_[key(tokens.subspan(i - n, n))];
      followers.counts[tokens[i]] += 1;
      followers.all += 1;
    }
  }
}

std::vector<double> Ngram::after(std::span<const std::uint32_t> before) const {
  std::vector<double> chances(vocabulary_, 1 / static_cast<double>(vocabulary_));
  for (std::size_t n = 0; n <= std::min(before.size(), longest_context); ++n) {
    const auto found = contexts_.find(key(before.last(n)));
    if (found == contexts_.end()) break;
    const Followers& followers = found->second;
    const auto kinds = static_cast<double>(followers.counts.size());
    for (double& chance : chances) chance *= kinds / (followers.all + kinds);
    for (const auto& [token, count] : followers.counts) {
      chances[token] += count / (followers.all + kinds);
    }
  }
  return chances;
}

}  // namespace atelier::verse::bench
