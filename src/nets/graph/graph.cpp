// SPDX-License-Identifier: Apache-2.0
#include "nets/graph/graph.hpp"

namespace atelier::nets {

std::size_t Graph::convolution(const std::string& name, std::size_t input, std::int64_t channels,
                               const Convolution& how, const std::string& layer) {
  const auto reach = [&](int size) {
    const int pad = how.same ? (size - 1) / 2 : 0;
    return Reach1d{size, pad, pad};
  };
  Node node;
  node.name = name;
  node.inputs = {input};
  node.rows = reach(how.height);
  node.columns = reach(how.width);
  node.stride = how.stride;
  node.depthwise = how.depthwise;
  node.channels = channels;
  node.rectifier = how.rectifier;
  node.layer = layer;
  nodes.push_back(std::move(node));
  return nodes.size() - 1;
}

std::size_t Graph::pool(Op op, std::size_t input, int stride, int pad) {
  Node node;
  node.op = op;
  node.inputs = {input};
  node.rows = node.columns = {3, pad, pad};
  node.stride = stride;
  nodes.push_back(std::move(node));
  return nodes.size() - 1;
}

std::size_t Graph::add(std::size_t main, std::size_t shortcut, Rectifier rectifier,
                       const std::string& layer) {
  Node node;
  node.op = Op::add;
  node.inputs = {main, shortcut};
  node.rectifier = rectifier;
  node.layer = layer;
  nodes.push_back(std::move(node));
  return nodes.size() - 1;
}

std::size_t Graph::concatenate(std::vector<std::size_t> inputs, const std::string& layer) {
  Node node;
  node.op = Op::concatenate;
  node.inputs = std::move(inputs);
  node.layer = layer;
  nodes.push_back(std::move(node));
  return nodes.size() - 1;
}

void Graph::pad(std::size_t node, int before, int after) {
  for (Reach1d* reach : {&nodes[node].rows, &nodes[node].columns}) {
    reach->before = before;
    reach->after = after;
  }
}

}  // namespace atelier::nets
