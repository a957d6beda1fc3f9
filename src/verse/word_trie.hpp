// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace atelier::verse {

/// Words of letters and apostrophes by their beginnings. Node 0 is the empty beginning.
class WordTrie {
 public:
  static constexpr int none = -1;

  /// Words sorted, without repetitions, of a..z and ' alone.
  explicit WordTrie(const std::vector<std::string>& words);

  [[nodiscard]] std::size_t nodes() const noexcept { return nodes_.size(); }
  /// The node after these letters, none where no word goes so.
  [[nodiscard]] int walk(int node, std::string_view letters) const;
  [[nodiscard]] int parent(int node) const { return at(node).parent; }
  /// The word that ends at a node, or none; and the node where a word ends.
  [[nodiscard]] int word(int node) const { return at(node).word; }
  [[nodiscard]] int node_of(int word) const { return ends_[static_cast<std::size_t>(word)]; }
  [[nodiscard]] std::vector<int> children(int node) const;

 private:
  /// Children lie side by side, one a bit of `letters`, in the order of bits.
  struct Node {
    std::uint32_t letters = 0;
    int first = 0, parent = none, word = none;
  };
  [[nodiscard]] const Node& at(int node) const { return nodes_[static_cast<std::size_t>(node)]; }

  std::vector<Node> nodes_;
  std::vector<int> ends_;
};

}  // namespace atelier::verse
