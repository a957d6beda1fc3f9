// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

#include "nets/tensor_map.hpp"

namespace atelier::testing {

/// A convolution of VGG-16 or VGG-19, written down independently of the code under test.
struct VggConvolution {
  std::string place;  // 1_1
  int number;         // in torchvision's features
  std::int64_t in, out;
};

inline std::vector<VggConvolution> vgg16_convolutions() {
  return {{"1_1", 0, 3, 64},     {"1_2", 2, 64, 64},    {"2_1", 5, 64, 128},
          {"2_2", 7, 128, 128},  {"3_1", 10, 128, 256}, {"3_2", 12, 256, 256},
          {"3_3", 14, 256, 256}, {"4_1", 17, 256, 512}, {"4_2", 19, 512, 512},
          {"4_3", 21, 512, 512}, {"5_1", 24, 512, 512}, {"5_2", 26, 512, 512},
          {"5_3", 28, 512, 512}};
}
inline std::vector<VggConvolution> vgg19_convolutions() {
  return {
      {"1_1", 0, 3, 64},     {"1_2", 2, 64, 64},    {"2_1", 5, 64, 128},   {"2_2", 7, 128, 128},
      {"3_1", 10, 128, 256}, {"3_2", 12, 256, 256}, {"3_3", 14, 256, 256}, {"3_4", 16, 256, 256},
      {"4_1", 19, 256, 512}, {"4_2", 21, 512, 512}, {"4_3", 23, 512, 512}, {"4_4", 25, 512, 512},
      {"5_1", 28, 512, 512}, {"5_2", 30, 512, 512}, {"5_3", 32, 512, 512}, {"5_4", 34, 512, 512}};
}

/// A torchvision state dict whose N-th tensors hold N and N + 0.5 everywhere; they take no memory.
inline nets::TensorMap torchvision_state(const std::vector<VggConvolution>& convolutions) {
  nets::TensorMap state;
  for (const VggConvolution& c : convolutions) {
    state[fmt::format("features.{}.weight", c.number)] =
        at::full({1}, static_cast<float>(c.number)).expand({c.out, c.in, 3, 3});
    state[fmt::format("features.{}.bias", c.number)] =
        at::full({1}, static_cast<float>(c.number) + 0.5f).expand({c.out});
  }
  state["classifier.0.weight"] = at::zeros({2, 2});
  return state;
}

}  // namespace atelier::testing
