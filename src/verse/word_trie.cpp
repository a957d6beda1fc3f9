// SPDX-License-Identifier: Apache-2.0
#include "verse/word_trie.hpp"

#include <bit>

namespace atelier::verse {
namespace {

/// 0..25 for a..z, 26 for '; 32 for anything else.
unsigned bit_of(char c) {
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a');
  return c == '\'' ? 26 : 32;
}

}  // namespace

WordTrie::WordTrie(const std::vector<std::string>& words) : nodes_(1), ends_(words.size(), none) {
  struct Range {
    std::size_t begin, end, depth;
  };
  std::vector<Range> ranges{{0, words.size(), 0}};  // one a node, filled level by level
  for (std::size_t node = 0; node < nodes_.size(); ++node) {
    auto [begin, end, depth] = ranges[node];
    if (begin < end && words[begin].size() == depth) {
      nodes_[node].word = static_cast<int>(begin);
      ends_[begin] = static_cast<int>(node);
      ++begin;
    }
    nodes_[node].first = static_cast<int>(nodes_.size());
    // By letters in the order of bits, in which ' comes last though it sorts first.
    for (const bool apostrophes : {false, true}) {
      for (std::size_t from = begin; from < end;) {
        const char c = words[from][depth];
        std::size_t to = from + 1;
        while (to < end && words[to][depth] == c) ++to;
        if ((c == '\'') == apostrophes) {
          nodes_[node].letters |= 1U << bit_of(c);
          nodes_.push_back({0, 0, static_cast<int>(node), none});
          ranges.push_back({from, to, depth + 1});
        }
        from = to;
      }
    }
  }
}

int WordTrie::walk(int node, std::string_view letters) const {
  for (const char c : letters) {
    if (node == none) break;
    const Node& here = at(node);
    const unsigned bit = bit_of(c);
    if (bit == 32 || (here.letters >> bit & 1U) == 0) return none;
    node = here.first + std::popcount(here.letters & ((1U << bit) - 1));
  }
  return node;
}

std::vector<int> WordTrie::children(int node) const {
  std::vector<int> all;
  for (int i = 0; i < std::popcount(at(node).letters); ++i) all.push_back(at(node).first + i);
  return all;
}

}  // namespace atelier::verse
