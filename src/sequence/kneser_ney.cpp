// SPDX-License-Identifier: Apache-2.0
#include "sequence/kneser_ney.hpp"

#include <algorithm>
#include <cmath>

namespace atelier::sequence {
namespace {

std::uint64_t key_of(std::uint32_t node, Token token) {
  return std::uint64_t{node} << 16 | token;
}

}  // namespace

KneserNey::KneserNey(std::span<const Token> text, int vocabulary, int order)
    : vocabulary_(vocabulary), order_(static_cast<std::size_t>(order)) {
  count_grams(text);
  sum_up();
}

KneserNey::NodeId KneserNey::child(NodeId node, Token token, bool& made) {
  const auto [found, is_new] =
      children_.try_emplace(key_of(node, token), static_cast<NodeId>(nodes_.size()));
  if (is_new) {
    nodes_.emplace_back();
    lengths_.push_back(static_cast<std::uint8_t>(lengths_[node] + 1));
  }
  made = is_new;
  return found->second;
}

KneserNey::NodeId KneserNey::find(std::span<const Token> gram) const {
  NodeId node = 0;
  for (const Token token : gram) {
    const auto found = children_.find(key_of(node, token));
    if (found == children_.end()) return 0;
    node = found->second;
  }
  return node;
}

void KneserNey::count_grams(std::span<const Token> text) {
  // From the end on: then the rest of an n-gram, without its first token, is there before it.
  for (std::size_t at = text.size(); at-- > 0;) {
    NodeId node = 0;
    const std::size_t longest = std::min(order_, text.size() - at);
    for (std::size_t length = 1; length <= longest; ++length) {
      bool made = false;
      node = child(node, text[at + length - 1], made);
      if (length == order_) ++nodes_[node].count;
      // A new token stands before the rest.
      if (made && length > 1) ++nodes_[find(text.subspan(at + 1, length - 1))].count;
    }
  }
}

void KneserNey::sum_up() {
  std::vector<double> once(order_ + 1), twice(order_ + 1);
  for (const auto& [key, node] : children_) {
    const std::uint32_t count = nodes_[node].count;
    if (count == 0) continue;
    Node& before = nodes_[key >> 16];
    before.sum += count;
    ++before.different;
    if (count <= 2) ++(count == 1 ? once : twice)[lengths_[node]];
  }
  for (std::size_t length = 0; length <= order_; ++length) {
    const double seldom = once[length] + 2 * twice[length];
    discounts_.push_back(seldom > 0 ? once[length] / seldom : 0);
  }
}

double KneserNey::probability(std::span<const Token> before, Token token) const {
  double chance = 1.0 / vocabulary_;
  const std::size_t longest = std::min(order_ - 1, before.size());
  for (std::size_t length = 0; length <= longest; ++length) {
    const NodeId context = find(before.last(length));
    const Node& node = nodes_[context];
    if ((length > 0 && context == 0) || node.sum == 0) continue;
    const auto found = children_.find(key_of(context, token));
    const double count = found == children_.end() ? 0 : nodes_[found->second].count;
    const double discount = discounts_[length + 1], sum = static_cast<double>(node.sum);
    chance = (std::max(count - discount, 0.0) + discount * node.different * chance) / sum;
  }
  return chance;
}

double KneserNey::nats_per_token(std::span<const Token> text) const {
  double sum = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    sum -= std::log(probability(text.first(at), text[at]));
  }
  return text.empty() ? 0 : sum / static_cast<double>(text.size());
}

}  // namespace atelier::sequence
