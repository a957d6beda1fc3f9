// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cstddef>

#include "nets/graph/architectures.hpp"

namespace atelier::nets {
namespace {

/// Convolutions are numbered in the order in which Keras's own code makes them.
class Builder {
 public:
  std::size_t convolution(std::size_t input, std::int64_t channels, int height, int width,
                          const std::string& torch_name, const std::string& layer = {}) {
    return numbered(input, channels, {.height = height, .width = width}, torch_name, layer);
  }
  /// Of the stem and the reductions: no padding.
  std::size_t valid(std::size_t input, std::int64_t channels, int size, int stride,
                    const std::string& torch_name, const std::string& layer = {}) {
    return numbered(input, channels,
                    {.height = size, .width = size, .stride = stride, .same = false}, torch_name,
                    layer);
  }
  std::size_t reduce(std::size_t input) {
    return graph.pool(Op::max_pool, input, /*stride=*/2, /*pad=*/0);
  }

  /// Mixed_5b to 5d: 35 x 35 positions of a picture of 299 px.
  std::size_t module5(std::size_t h, std::int64_t pooled, const std::string& name) {
    const std::string at = "Mixed_" + name + ".";
    const std::size_t one = convolution(h, 64, 1, 1, at + "branch1x1");
    std::size_t five = convolution(h, 48, 1, 1, at + "branch5x5_1");
    five = convolution(five, 64, 5, 5, at + "branch5x5_2");
    std::size_t three = convolution(h, 64, 1, 1, at + "branch3x3dbl_1");
    three = convolution(three, 96, 3, 3, at + "branch3x3dbl_2");
    three = convolution(three, 96, 3, 3, at + "branch3x3dbl_3");
    const std::size_t averages = pool_branch(h, pooled, at);
    return graph.concatenate({one, five, three, averages}, "mixed" + name);
  }

  /// Mixed_6b to 6e: 17 x 17 positions, `narrow` channels within.
  std::size_t module6(std::size_t h, std::int64_t narrow, const std::string& name) {
    const std::string at = "Mixed_" + name + ".";
    const std::size_t one = convolution(h, 192, 1, 1, at + "branch1x1");
    std::size_t seven = convolution(h, narrow, 1, 1, at + "branch7x7_1");
    seven = convolution(seven, narrow, 1, 7, at + "branch7x7_2");
    seven = convolution(seven, 192, 7, 1, at + "branch7x7_3");
    std::size_t twice = convolution(h, narrow, 1, 1, at + "branch7x7dbl_1");
    twice = convolution(twice, narrow, 7, 1, at + "branch7x7dbl_2");
    twice = convolution(twice, narrow, 1, 7, at + "branch7x7dbl_3");
    twice = convolution(twice, narrow, 7, 1, at + "branch7x7dbl_4");
    twice = convolution(twice, 192, 1, 7, at + "branch7x7dbl_5");
    const std::size_t averages = pool_branch(h, 192, at);
    return graph.concatenate({one, seven, twice, averages}, "mixed" + name);
  }

  /// Mixed_7b and 7c: 8 x 8 positions.
  std::size_t module7(std::size_t h, const std::string& name) {
    const std::string at = "Mixed_" + name + ".";
    const std::size_t one = convolution(h, 320, 1, 1, at + "branch1x1");
    const std::size_t three = convolution(h, 384, 1, 1, at + "branch3x3_1");
    const std::size_t three_a = convolution(three, 384, 1, 3, at + "branch3x3_2a");
    const std::size_t three_b = convolution(three, 384, 3, 1, at + "branch3x3_2b");
    std::size_t twice = convolution(h, 448, 1, 1, at + "branch3x3dbl_1");
    twice = convolution(twice, 384, 3, 3, at + "branch3x3dbl_2");
    const std::size_t twice_a = convolution(twice, 384, 1, 3, at + "branch3x3dbl_3a");
    const std::size_t twice_b = convolution(twice, 384, 3, 1, at + "branch3x3dbl_3b");
    const std::size_t pooled = pool_branch(h, 192, at);
    return graph.concatenate({one, three_a, three_b, twice_a, twice_b, pooled}, "mixed" + name);
  }

  Graph graph;
  WeightNames keras{"Keras", /*keras=*/true, 1e-3, {}};
  WeightNames torchvision{"torchvision", /*keras=*/false, 1e-3, {}};

 private:
  std::size_t numbered(std::size_t input, std::int64_t channels, const Graph::Convolution& how,
                       const std::string& torch_name, const std::string& layer) {
    const std::string name = fmt::format("conv{}", ++count_);
    keras.of[name] = {fmt::format("conv2d_{}", count_),
                      fmt::format("batch_normalization_{}", count_)};
    torchvision.of[name] = {torch_name + ".conv", torch_name + ".bn"};
    return graph.convolution(name, input, channels, how, layer);
  }

  std::size_t pool_branch(std::size_t h, std::int64_t channels, const std::string& at) {
    const std::size_t pooled = graph.pool(Op::average_pool, h, /*stride=*/1, /*pad=*/1);
    return convolution(pooled, channels, 1, 1, at + "branch_pool");
  }

  int count_ = 0;
};

}  // namespace

Architecture inception_v3() {
  Builder b;
  std::size_t h = b.valid(Graph::picture, 32, 3, 2, "Conv2d_1a_3x3", "relu1a");
  h = b.valid(h, 32, 3, 1, "Conv2d_2a_3x3", "relu2a");
  h = b.convolution(h, 64, 3, 3, "Conv2d_2b_3x3", "relu2b");
  h = b.reduce(h);
  h = b.valid(h, 80, 1, 1, "Conv2d_3b_1x1", "relu3b");
  h = b.valid(h, 192, 3, 1, "Conv2d_4a_3x3", "relu4a");
  h = b.reduce(h);

  h = b.module5(h, 32, "5b");
  h = b.module5(h, 64, "5c");
  h = b.module5(h, 64, "5d");

  const std::size_t three = b.valid(h, 384, 3, 2, "Mixed_6a.branch3x3");
  std::size_t twice = b.convolution(h, 64, 1, 1, "Mixed_6a.branch3x3dbl_1");
  twice = b.convolution(twice, 96, 3, 3, "Mixed_6a.branch3x3dbl_2");
  twice = b.valid(twice, 96, 3, 2, "Mixed_6a.branch3x3dbl_3");
  h = b.graph.concatenate({three, twice, b.reduce(h)}, "mixed6a");

  h = b.module6(h, 128, "6b");
  h = b.module6(h, 160, "6c");
  h = b.module6(h, 160, "6d");
  h = b.module6(h, 192, "6e");

  std::size_t end = b.convolution(h, 192, 1, 1, "Mixed_7a.branch3x3_1");
  end = b.valid(end, 320, 3, 2, "Mixed_7a.branch3x3_2");
  std::size_t seven = b.convolution(h, 192, 1, 1, "Mixed_7a.branch7x7x3_1");
  seven = b.convolution(seven, 192, 1, 7, "Mixed_7a.branch7x7x3_2");
  seven = b.convolution(seven, 192, 7, 1, "Mixed_7a.branch7x7x3_3");
  seven = b.valid(seven, 192, 3, 2, "Mixed_7a.branch7x7x3_4");
  h = b.graph.concatenate({end, seven, b.reduce(h)}, "mixed7a");

  h = b.module7(h, "7b");
  b.module7(h, "7c");
  return {std::move(b.graph), {std::move(b.keras), std::move(b.torchvision)}};
}

}  // namespace atelier::nets
