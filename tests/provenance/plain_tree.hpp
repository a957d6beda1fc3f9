// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "atelier/provenance/merkle.hpp"

namespace atelier::provenance::test {

/// A tree in memory, every level of complete subtrees whole: the slow path that tiles answer to.
class PlainTree : public Nodes {
 public:
  void append(const Hash& leaf) {
    Hash hash = leaf;
    for (std::size_t level = 0;; ++level) {
      if (levels_.size() == level) levels_.emplace_back();
      levels_[level].push_back(hash);
      if (levels_[level].size() % 2 != 0) break;
      hash = node_hash(levels_[level].end()[-2], levels_[level].back());
    }
  }
  Hash node(unsigned level, std::uint64_t index) override { return levels_.at(level).at(index); }
  [[nodiscard]] std::uint64_t size() const { return levels_.empty() ? 0 : levels_[0].size(); }
  [[nodiscard]] const Hash& leaf(std::uint64_t index) const { return levels_[0][index]; }

 private:
  std::vector<std::vector<Hash>> levels_;
};

inline std::string entry_number(std::uint64_t i) {
  return "entry " + std::to_string(i);
}

/// Entries "entry 0", "entry 1", ...
inline PlainTree plain_tree(std::uint64_t size) {
  PlainTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf_hash(entry_number(i)));
  return tree;
}

}  // namespace atelier::provenance::test
