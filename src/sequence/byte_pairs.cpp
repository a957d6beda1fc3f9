// SPDX-License-Identifier: Apache-2.0
#include "sequence/byte_pairs.hpp"

#include <algorithm>
#include <optional>
#include <queue>
#include <set>
#include <unordered_map>

namespace atelier::sequence {
namespace {

using Key = std::uint32_t;  // of a pair: sorts as the pair does

Key key_of(Token left, Token right) {
  return Key{left} << 16 | right;
}
Token left_of(Key key) {
  return static_cast<Token>(key >> 16);
}
Token right_of(Key key) {
  return static_cast<Token>(key & 0xFFFFU);
}

struct Seen {
  std::int64_t count = 0;
  std::vector<std::uint32_t> words;  // where it was once; some stand here several times
};

/// What may be the most frequent pair: its count may have fallen since.
struct Candidate {
  std::int64_t count;
  Key key;
  bool operator<(const Candidate& other) const {
    return count != other.count ? count < other.count : key > other.key;
  }
};

class Joiner {
 public:
  Joiner(std::vector<CountedWord> words, bool (*joinable)(Token))
      : words_(std::move(words)), joinable_(joinable) {
    for (std::uint32_t w = 0; w < words_.size(); ++w) count_pairs(w, 1);
    for (const auto& [key, seen] : pairs_) candidates_.push({seen.count, key});
  }

  /// Joins the most frequent pair to `joined`; nothing: none is seen twice.
  std::optional<TokenPair> join(Token joined) {
    while (!candidates_.empty()) {
      const Candidate best = candidates_.top();
      candidates_.pop();
      const std::int64_t count = pairs_.at(best.key).count;
      if (count < 2) continue;
      if (count == best.count) {
        replace(best.key, joined);
        return TokenPair(left_of(best.key), right_of(best.key));
      }
      candidates_.push({count, best.key});
    }
    return std::nullopt;
  }

 private:
  void count_pairs(std::uint32_t word, std::int64_t sign) {
    const CountedWord& w = words_[word];
    for (std::size_t i = 0; i + 1 < w.tokens.size(); ++i) {
      if (!joinable_(w.tokens[i]) || !joinable_(w.tokens[i + 1])) continue;
      Seen& seen = pairs_[key_of(w.tokens[i], w.tokens[i + 1])];
      seen.count += sign * static_cast<std::int64_t>(w.count);
      if (sign > 0 && (seen.words.empty() || seen.words.back() != word)) {
        seen.words.push_back(word);
      }
    }
  }

  void replace(Key key, Token joined) {
    // Other pairs get rarer; those with the new token are new.
    std::vector<std::uint32_t> where = std::move(pairs_.at(key).words);
    std::sort(where.begin(), where.end());
    where.erase(std::unique(where.begin(), where.end()), where.end());
    std::set<Key> fresh;
    for (const std::uint32_t word : where) {
      count_pairs(word, -1);
      join_in(words_[word].tokens, {left_of(key), right_of(key)}, joined);
      count_pairs(word, 1);
      const std::vector<Token>& tokens = words_[word].tokens;
      for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
        if (tokens[i] == joined || tokens[i + 1] == joined) {
          fresh.insert(key_of(tokens[i], tokens[i + 1]));
        }
      }
    }
    for (const Key pair : fresh) {
      const auto found = pairs_.find(pair);
      if (found != pairs_.end()) candidates_.push({found->second.count, pair});
    }
  }

  std::vector<CountedWord> words_;
  bool (*joinable_)(Token);
  std::unordered_map<Key, Seen> pairs_;
  std::priority_queue<Candidate> candidates_;
};

}  // namespace

void join_in(std::vector<Token>& tokens, TokenPair pair, Token joined) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < tokens.size(); ++kept) {
    const bool both = i + 1 < tokens.size() && TokenPair(tokens[i], tokens[i + 1]) == pair;
    tokens[kept] = both ? joined : tokens[i];
    i += both ? 2 : 1;
  }
  tokens.resize(kept);
}

std::vector<TokenPair> learn_byte_pairs(std::vector<CountedWord> words, std::size_t first_new,
                                        std::size_t most, bool (*joinable)(Token)) {
  Joiner joiner(std::move(words), joinable);
  std::vector<TokenPair> pairs;
  while (pairs.size() < most) {
    const auto pair = joiner.join(static_cast<Token>(first_new + pairs.size()));
    if (!pair) break;
    pairs.push_back(*pair);
  }
  return pairs;
}

}  // namespace atelier::sequence
