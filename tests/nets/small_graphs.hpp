// SPDX-License-Identifier: Apache-2.0
// The published graphs with few channels and random weights.
#pragma once

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "atelier/base/random.hpp"
#include "nets/graph/architectures.hpp"
#include "nets/graph/graph_net.hpp"

namespace atelier::nets::testing {

inline at::Tensor normal_tensor(at::IntArrayRef shape, RandomStream& random, double deviation) {
  at::Tensor t = at::empty(shape, at::kFloat);
  for (std::int64_t i = 0; i < t.numel(); ++i) {
    t.data_ptr<float>()[i] = static_cast<float>(deviation * random.normal());
  }
  return t;
}

/// A `part`-th of each convolution's channels, two at least; activations keep their size from layer
/// to layer.
inline TensorMap narrow_weights(const Graph& graph, std::int64_t part) {
  RandomStream random(7, "graph");
  TensorMap weights;
  std::vector<std::int64_t> widths;
  for (const Node& node : graph.nodes) {
    std::int64_t in = 0;
    for (const std::size_t input : node.inputs) {
      const std::int64_t width = input == Graph::picture ? 3 : widths[input];
      in = node.op == Op::concatenate ? in + width : width;
    }
    if (node.op != Op::convolution) {
      widths.push_back(in);
      continue;
    }
    const std::int64_t out = node.depthwise ? in : std::max<std::int64_t>(2, node.channels / part);
    const std::int64_t seen = node.depthwise ? 1 : in;
    const double deviation =
        std::sqrt(1.5 / static_cast<double>(seen * node.rows.size * node.columns.size));
    weights[node.name + ".weight"] =
        normal_tensor({out, seen, node.rows.size, node.columns.size}, random, deviation);
    weights[node.name + ".bias"] = normal_tensor({out}, random, 0.1);
    widths.push_back(out);
  }
  return weights;
}

inline const std::vector<std::string>& graph_names() {
  static const std::vector<std::string> names{"resnet50", "resnet50-v1.5", "inception-v3",
                                              "efficientnet-lite0"};
  return names;
}

inline std::shared_ptr<const GraphNet> small_graph(const std::string& name,
                                                   FeatureNetOptions options) {
  const Graph& graph = find_architecture(name)->graph;
  const InputConvention convention{true, 2, {0.9, 1.0, 1.1}, {0.5, 0.6, 0.7}};
  return std::make_shared<const GraphNet>(name, "", graph, narrow_weights(graph, 24), convention,
                                          options);
}

}  // namespace atelier::nets::testing
