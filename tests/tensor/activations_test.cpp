// SPDX-License-Identifier: Apache-2.0
#include "tensor/activations.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "plain.hpp"

namespace atelier::tensor {
namespace {

TEST(Activations, AreATensorWithoutACopy) {
  for (const std::size_t channels : {1, 3, 16, 17, 33}) {
    for (const auto& [height, width] : {std::pair{1, 1}, {1, 7}, {7, 1}, {5, 4}}) {
      RandomStream random(channels, "activations");
      Layer layer = random_layer(height, width, channels, random);
      const at::Tensor t = as_tensor(layer.view());
      ASSERT_EQ(t.sizes(),
                (at::IntArrayRef{1, static_cast<std::int64_t>(channels), height, width}));
      for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
          for (std::size_t c = 0; c < channels; ++c) {
            EXPECT_EQ(t[0][static_cast<std::int64_t>(c)][y][x].item<float>(), layer.at(y, x)[c]);
          }
        }
      }
      t[0][static_cast<std::int64_t>(channels) - 1][height - 1][width - 1] = 42;
      EXPECT_EQ(layer.at(height - 1, width - 1)[channels - 1], 42);
    }
  }
}

TEST(Activations, ComeBackFromTheirTensor) {
  for (const std::size_t channels : {1, 3, 16, 17, 512}) {
    for (const auto& [height, width] : {std::pair{1, 1}, {1, 7}, {7, 1}, {5, 4}}) {
      Layer layer(height, width, channels);
      const auto back = as_activations(as_tensor(layer.view()));
      ASSERT_TRUE(back.has_value()) << channels;
      EXPECT_EQ(back->data, layer.values.data());
      EXPECT_EQ(back->height, height);
      EXPECT_EQ(back->width, width);
      EXPECT_EQ(back->channels, channels);
      EXPECT_EQ(back->stride, padded(channels));
    }
  }
}

TEST(Activations, AreTakenFromChannelsThatFillWholeBlocks) {
  const at::Tensor t = at::zeros({1, 32, 5, 4}).contiguous(at::MemoryFormat::ChannelsLast);
  const auto activations = as_activations(t);
  ASSERT_TRUE(activations.has_value());
  EXPECT_EQ(activations->data, t.data_ptr<float>());
  EXPECT_EQ(activations->stride, 32U);
}

TEST(Activations, AreNotTakenFromAnythingElse) {
  const auto refused = [](const at::Tensor& t) { return !as_activations(t).has_value(); };
  const auto last = at::MemoryFormat::ChannelsLast;
  EXPECT_TRUE(refused(at::zeros({1, 32, 5, 4})));                   // rows innermost
  EXPECT_TRUE(refused(at::zeros({1, 20, 5, 4}).contiguous(last)));  // not padded
  EXPECT_TRUE(refused(at::zeros({2, 32, 5, 4}).contiguous(last)));  // two pictures
  EXPECT_TRUE(refused(at::zeros({1, 32, 5, 4}, at::kDouble).contiguous(last)));
  EXPECT_TRUE(refused(at::zeros({1, 32, 5, 4}, at::kHalf).contiguous(last)));
  EXPECT_TRUE(refused(at::zeros({32, 5, 4})));
  EXPECT_TRUE(refused(at::zeros({1, 32, 5, 8}).contiguous(last).narrow(3, 0, 4)));  // a part
  EXPECT_TRUE(refused(at::zeros({1, 32, 5, 4}).contiguous(last).slice(2, 0, 5, 2)));
}

/// Strides of a dimension of one element say nothing: memory that is not padded may have the right
/// ones of those that count.
TEST(Activations, AreNotTakenFromASinglePositionWithoutPadding) {
  for (const std::int64_t channels : {1, 5, 17}) {
    for (const std::int64_t height : {1, 3}) {
      if (height > 1 && channels > 1) continue;  // channels would not be innermost
      const at::Tensor t = at::zeros({1, channels, height, 1});
      EXPECT_FALSE(as_activations(t).has_value()) << channels << " channels, height " << height;
    }
    const at::Tensor last =
        at::zeros({1, channels, 1, 1}).contiguous(at::MemoryFormat::ChannelsLast);
    EXPECT_FALSE(as_activations(last).has_value()) << channels;
  }
}

}  // namespace
}  // namespace atelier::tensor
