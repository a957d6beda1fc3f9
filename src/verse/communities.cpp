// SPDX-License-Identifier: Apache-2.0
#include "verse/communities.hpp"

#include <algorithm>
#include <numeric>

namespace atelier::verse {
namespace {

constexpr int most_rounds = 50;  // of moves on one level

/// One level: a graph whose nodes may hold weight of their own, that of the edges within them.
struct Level {
  Graph graph;
  std::vector<double> own;
};

class Moves {
 public:
  Moves(const Level& level, double resolution) : level_(level), resolution_(resolution) {
    const std::size_t count = level.graph.size();
    degree_.resize(count);
    community_.resize(count);
    std::iota(community_.begin(), community_.end(), std::size_t{0});
    for (std::size_t node = 0; node < count; ++node) {
      degree_[node] = level.own[node];
      for (const auto& [other, weight] : level.graph[node]) degree_[node] += weight;
    }
    total_ = degree_;
    all_ = std::accumulate(degree_.begin(), degree_.end(), 0.0);
  }

  /// Whether anything moved.
  bool run() {
    std::vector<std::size_t> order(degree_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](auto x, auto y) { return degree_[x] > degree_[y]; });
    bool any = false, moved = all_ > 0;
    for (int round = 0; moved && round < most_rounds; ++round) {
      moved = false;
      for (const std::size_t node : order) moved = move(node) || moved;
      any = any || moved;
    }
    return any;
  }

  [[nodiscard]] const std::vector<std::size_t>& found() const { return community_; }

 private:
  bool move(std::size_t node) {
    std::map<std::size_t, double> links;
    for (const auto& [other, weight] : level_.graph[node]) links[community_[other]] += weight;
    const std::size_t from = community_[node];
    total_[from] -= degree_[node];
    const auto gain = [&](std::size_t to, double weight) {
      return weight - resolution_ * degree_[node] * total_[to] / all_;
    };
    std::size_t best = from;
    double most = gain(from, links.contains(from) ? links[from] : 0);
    for (const auto& [to, weight] : links) {
      constexpr double slack = 1e-9;
      if (gain(to, weight) > most + slack) {
        most = gain(to, weight);
        best = to;
      }
    }
    community_[node] = best;
    total_[best] += degree_[node];
    return best != from;
  }

  const Level& level_;
  double resolution_, all_ = 0;
  std::vector<double> degree_, total_;
  std::vector<std::size_t> community_;
};

/// Numbers without gaps, in order of first appearance; returns how many.
std::size_t renumber(std::vector<std::size_t>& labels) {
  std::map<std::size_t, std::size_t> names;
  for (std::size_t& label : labels) label = names.emplace(label, names.size()).first->second;
  return names.size();
}

Level joined(const Level& level, const std::vector<std::size_t>& community, std::size_t count) {
  Level next{Graph(count), std::vector<double>(count)};
  for (std::size_t node = 0; node < community.size(); ++node) {
    const std::size_t here = community[node];
    next.own[here] += level.own[node];
    for (const auto& [other, weight] : level.graph[node]) {
      if (community[other] == here) {
        next.own[here] += weight;
      } else {
        next.graph[here][community[other]] += weight;
      }
    }
  }
  return next;
}

}  // namespace

std::vector<std::size_t> communities(const Graph& graph, double resolution) {
  Level level{graph, std::vector<double>(graph.size())};
  std::vector<std::size_t> result(graph.size());
  std::iota(result.begin(), result.end(), std::size_t{0});
  for (;;) {
    Moves moves(level, resolution);
    if (!moves.run()) return result;
    std::vector<std::size_t> community = moves.found();
    const std::size_t count = renumber(community);
    for (std::size_t& label : result) label = community[label];
    level = joined(level, community, count);
  }
}

}  // namespace atelier::verse
