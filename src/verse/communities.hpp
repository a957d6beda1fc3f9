// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <vector>

namespace atelier::verse {

/// A weighted graph without direction: weights of each node's neighbours, the same both ways.
using Graph = std::vector<std::map<std::size_t, double>>;

/// The community of each node, numbered from 0, by Louvain's method (source: learn_sounds.hpp):
/// nodes move to the neighbour's community that raises modularity most, then communities become
/// nodes, until nothing moves. A higher `resolution` makes smaller communities.
[[nodiscard]] std::vector<std::size_t> communities(const Graph& graph, double resolution);

}  // namespace atelier::verse
