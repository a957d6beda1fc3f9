// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>

#include "nets/graph/architectures.hpp"

namespace atelier::nets {

Architecture resnet50(bool late_stride) {
  Architecture result;
  Graph& graph = result.graph;
  WeightNames keras{"Keras", /*keras=*/true, 1e-3, {}};
  WeightNames torchvision{"torchvision", /*keras=*/false, 1e-5, {}};

  std::size_t h = graph.convolution("conv1", Graph::picture, 64,
                                    {.height = 7, .width = 7, .stride = 2}, "relu1");
  keras.of["conv1"] = {"conv1", "bn_conv1"};
  torchvision.of["conv1"] = {"conv1", "bn1"};
  h = graph.pool(Op::max_pool, h, /*stride=*/2, /*pad=*/1);

  constexpr std::array<int, 4> blocks{3, 4, 6, 3};
  for (int stage = 2; stage <= 5; ++stage) {
    const std::int64_t narrow = 32 << (stage - 1), wide = 4 * narrow;
    for (int block = 1; block <= blocks[static_cast<std::size_t>(stage - 2)]; ++block) {
      const std::string place = fmt::format("{}_{}", stage, block);
      const int stride = block == 1 && stage > 2 ? 2 : 1;
      const int first = late_stride ? 1 : stride, second = late_stride ? stride : 1;
      const std::size_t a = graph.convolution("conv" + place + "a", h, narrow, {.stride = first},
                                              "relu" + place + "a");
      const std::size_t b =
          graph.convolution("conv" + place + "b", a, narrow,
                            {.height = 3, .width = 3, .stride = second}, "relu" + place + "b");
      const std::size_t c =
          graph.convolution("conv" + place + "c", b, wide, {.rectifier = Rectifier::none});
      std::size_t shortcut = h;
      if (block == 1) {
        shortcut = graph.convolution("conv" + place + "d", h, wide,
                                     {.stride = stride, .rectifier = Rectifier::none});
      }
      h = graph.add(c, shortcut, Rectifier::relu, "relu" + place);

      const std::string of_keras =
          fmt::format("{}{}_branch", stage, static_cast<char>('a' + block - 1));
      const std::string of_torch = fmt::format("layer{}.{}.", stage - 1, block - 1);
      for (int i = 0; i < (block == 1 ? 4 : 3); ++i) {
        const char letter = static_cast<char>('a' + i);
        const std::string branch = i == 3 ? of_keras + "1" : of_keras + "2" + letter;
        keras.of["conv" + place + letter] = {"res" + branch, "bn" + branch};
        torchvision.of["conv" + place + letter] =
            i == 3 ? WeightNames::Names{of_torch + "downsample.0", of_torch + "downsample.1"}
                   : WeightNames::Names{fmt::format("{}conv{}", of_torch, i + 1),
                                        fmt::format("{}bn{}", of_torch, i + 1)};
      }
    }
  }
  result.files = {late_stride ? torchvision : keras};
  return result;
}

}  // namespace atelier::nets
