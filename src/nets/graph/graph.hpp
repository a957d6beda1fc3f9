// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace atelier::nets {

enum class Op { convolution, add, concatenate, max_pool, average_pool };
enum class Rectifier { none, relu, relu6 };

/// Positions along one edge: how far a node's window reaches, and what it looks at beyond the
/// edges.
struct Reach1d {
  int size = 1, before = 0, after = 0;
};

/// One computation. Batch normalisation is no node: it is folded into the convolution before it.
struct Node {
  std::string name;  ///< of a convolution: its weights are NAME.weight, NAME.bias
  Op op = Op::convolution;
  std::vector<std::size_t> inputs;  ///< places of earlier nodes; the main path comes in first
  Reach1d rows, columns;
  int stride = 1;
  bool depthwise = false;     ///< each channel by itself
  std::int64_t channels = 0;  ///< of a convolution as published
  Rectifier rectifier = Rectifier::none;
  std::string layer;  ///< the name to ask for it by; empty: cannot be asked for
};

/// A network as data: nodes in an order in which each comes after its inputs. The first node's
/// input is the picture, which has the place `picture`.
struct Graph {
  static constexpr std::size_t picture = static_cast<std::size_t>(-1);
  std::vector<Node> nodes;

  /// All of these return the new node's place, to be given as an input to later ones.
  struct Convolution {
    int height = 1, width = 1, stride = 1;
    bool same = true;  ///< pads so that stride 1 keeps the size; otherwise pads nothing
    Rectifier rectifier = Rectifier::relu;
    bool depthwise = false;
  };
  std::size_t convolution(const std::string& name, std::size_t input, std::int64_t channels,
                          const Convolution& how, const std::string& layer = {});
  /// 3 x 3, pads `pad` positions at each edge.
  std::size_t pool(Op op, std::size_t input, int stride, int pad);
  std::size_t add(std::size_t main, std::size_t shortcut, Rectifier rectifier,
                  const std::string& layer);
  std::size_t concatenate(std::vector<std::size_t> inputs, const std::string& layer = {});
  /// Gives the node other paddings than its kind's.
  void pad(std::size_t node, int before, int after);
};

}  // namespace atelier::nets
