// SPDX-License-Identifier: Apache-2.0
// Tiles through networks with strided convolutions, branches and shortcuts.
#include <gtest/gtest.h>

#include "../nets/small_graphs.hpp"
#include "nets/image_tensor.hpp"
#include "small_net.hpp"
#include "tiled_objective.hpp"

namespace atelier::style {
namespace {

struct Case {
  const char* network;
  std::vector<std::string> content, style;
};

const Case cases[] = {{"resnet50", {"relu3_1"}, {"relu1", "relu2_1a", "relu3_1"}},
                      {"resnet50-v1.5", {"relu2_2"}, {"relu1", "relu3_1b"}},
                      {"inception-v3", {"relu3b"}, {"relu1a", "relu4a", "mixed5b"}},
                      {"efficientnet-lite0", {"block4"}, {"relu1", "expand3", "block4"}}};

TEST(GraphTiles, GiveTheWholePicturesLossesAndGradient) {
  for (const Case& c : cases) {
    for (const auto strides : {nets::Strides::smooth, nets::Strides::trained}) {
      const nets::FeatureNet net(nets::testing::small_graph(
          c.network, {nets::Pooling::max, nets::Padding::zero, strides}));
      StylizeOptions options;
      options.content_layers = c.content;
      options.style_layers = c.style;
      // Neither edge is a multiple of any stride.
      const auto picture = [](int seed, int width, int height) {
        return nets::to_tensor(waves(width, height, seed)).to(at::kDouble);
      };
      const at::Tensor content = picture(1, 171, 149), style = picture(2, 97, 110),
                       rgb = picture(3, 171, 149);
      TiledObjective whole(net, options, content, {style}),
          tiled(net, options, content, {style}, 48);
      ASSERT_TRUE(whole.in_one_tile(rgb));
      ASSERT_FALSE(tiled.in_one_tile(rgb));
      const auto one = whole.evaluate(rgb), many = tiled.evaluate(rgb);
      EXPECT_NEAR(many.losses.content, one.losses.content, 1e-12 * one.losses.content) << c.network;
      EXPECT_NEAR(many.losses.style, one.losses.style, 1e-10 * one.losses.style) << c.network;
      EXPECT_LT(relative_error(many.gradient, one.gradient), 1e-9) << c.network;
    }
  }
}

}  // namespace
}  // namespace atelier::style
