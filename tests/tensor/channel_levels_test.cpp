// SPDX-License-Identifier: Apache-2.0
#include "tensor/kernels/channel_levels.hpp"

#include <gtest/gtest.h>

#include "plain.hpp"
#include "sweeps.hpp"

namespace atelier::tensor {
namespace {

TEST(ChannelLevels, AreThoseOfPlainLoops) {
  RandomStream random(1, "levels");
  for (const auto& [height, width, channels] :
       {std::tuple{1, 1, 3}, {7, 5, 20}, {40, 33, 33}, {2, 256, 16}}) {
    Layer layer = random_layer(height, width, static_cast<std::size_t>(channels), random, 2, 30);
    on_every_instruction_set([&] {
      const ChannelLevels levels = channel_levels(layer.view());
      ASSERT_EQ(levels.mean.size(), layer.channels);
      for (std::size_t c = 0; c < layer.channels; ++c) {
        double sum = 0, squares = 0;
        const double positions = height * width;
        for (int y = 0; y < height; ++y) {
          for (int x = 0; x < width; ++x) sum += layer.at(y, x)[c];
        }
        for (int y = 0; y < height; ++y) {
          for (int x = 0; x < width; ++x) {
            const double apart = layer.at(y, x)[c] - sum / positions;
            squares += apart * apart;
          }
        }
        EXPECT_NEAR(levels.mean[c], sum / positions, 1e-5);
        EXPECT_NEAR(levels.variance[c], squares / positions, 1e-5 * (1 + squares / positions));
      }
    });
  }
}

/// Exact: nothing varies in a constant.
TEST(ChannelLevels, OfAConstantAreItAndNothing) {
  Layer layer(30, 41, 20, 3.5F);
  const ChannelLevels levels = channel_levels(layer.view());
  for (std::size_t c = 0; c < 20; ++c) {
    EXPECT_EQ(levels.mean[c], 3.5);
    EXPECT_EQ(levels.variance[c], 0);
  }
}

TEST(ChannelLevels, AreTheSameForEveryNumberOfThreads) {
  RandomStream random(2, "levels");
  Layer layer = random_layer(61, 47, 33, random);
  expect_same_for_every_number_of_threads([&] {
    const ChannelLevels levels = channel_levels(layer.view());
    return std::pair(levels.mean, levels.variance);
  });
}

}  // namespace
}  // namespace atelier::tensor
