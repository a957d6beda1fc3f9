// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "nets/graph/architectures.hpp"

namespace atelier::nets {
namespace {

/// A run of blocks of one kind; the first has the stride.
struct Run {
  int kernel, stride, expansion;
  std::int64_t channels;
  int blocks;
};

constexpr std::array<Run, 7> runs{{{3, 1, 1, 16, 1},
                                   {3, 2, 6, 24, 2},
                                   {5, 2, 6, 40, 2},
                                   {3, 2, 6, 80, 3},
                                   {5, 1, 6, 112, 3},
                                   {5, 2, 6, 192, 4},
                                   {3, 1, 6, 320, 1}}};

/// TensorFlow's "same" for stride 2 and an even length: one place less at the beginning.
void pad_for_halving(Graph& graph, std::size_t node, int kernel) {
  graph.pad(node, (kernel - 2) / 2, (kernel - 1) / 2);
}

}  // namespace

Architecture efficientnet_lite0() {
  Architecture result;
  Graph& graph = result.graph;
  WeightNames names{"EfficientNet-PyTorch", /*keras=*/false, 1e-3, {}};

  std::size_t h = graph.convolution(
      "conv1", Graph::picture, 32,
      {.height = 3, .width = 3, .stride = 2, .rectifier = Rectifier::relu6}, "relu1");
  pad_for_halving(graph, h, 3);
  names.of["conv1"] = {"_conv_stem", "_bn0"};

  int number = 0;
  std::int64_t channels = 32;
  for (const Run& run : runs) {
    for (int i = 0; i < run.blocks; ++i) {
      const std::string place = fmt::to_string(++number);
      const std::string source = fmt::format("_blocks.{}.", number - 1);
      const int stride = i == 0 ? run.stride : 1;
      const std::size_t before = h;
      if (run.expansion > 1) {
        h = graph.convolution("expand" + place, h, channels * run.expansion,
                              {.rectifier = Rectifier::relu6}, "expand" + place);
        names.of["expand" + place] = {source + "_expand_conv", source + "_bn0"};
      }
      h = graph.convolution("depth" + place, h, channels * run.expansion,
                            {.height = run.kernel,
                             .width = run.kernel,
                             .stride = stride,
                             .rectifier = Rectifier::relu6,
                             .depthwise = true},
                            "depth" + place);
      if (stride == 2) pad_for_halving(graph, h, run.kernel);
      names.of["depth" + place] = {source + "_depthwise_conv", source + "_bn1"};
      const bool residual = stride == 1 && channels == run.channels;
      h = graph.convolution("project" + place, h, run.channels, {.rectifier = Rectifier::none},
                            residual ? "" : "block" + place);
      names.of["project" + place] = {source + "_project_conv", source + "_bn2"};
      if (residual) h = graph.add(h, before, Rectifier::none, "block" + place);
      channels = run.channels;
    }
  }
  graph.convolution("head", h, 1280, {.rectifier = Rectifier::relu6}, "head");
  names.of["head"] = {"_conv_head", "_bn1"};
  result.files = {std::move(names)};
  return result;
}

}  // namespace atelier::nets
