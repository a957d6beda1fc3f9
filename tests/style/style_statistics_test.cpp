// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/style_statistics.hpp"

#include <gtest/gtest.h>

#include "atelier/style/stylize.hpp"
#include "small_net.hpp"
#include "style/held_statistics.hpp"

namespace atelier::style {
namespace {

StylizeOptions quick() {
  StylizeOptions options;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1"};
  options.iterations = 4;
  options.first_iterations = 6;
  options.min_size = 24;
  options.device = "cpu";
  return options;
}

std::vector<float> paint(const StylizeOptions& options, int content,
                         std::shared_ptr<StyleStatistics> statistics, int style = 2,
                         const nets::FeatureNet& net = small_net()) {
  StylizePictures pictures;
  pictures.content = waves(48, 36, content);
  pictures.styles = {waves(40, 40, style)};
  pictures.statistics = std::move(statistics);
  return stylize(net, std::move(pictures), options).image.rgb;
}

TEST(StyleStatistics, PaintingsHaveTheSameBytesWithAndWithout) {
  for (const char* loss : {"wasserstein", "gram"}) {
    for (const int tile : {tile_off, 64}) {
      StylizeOptions options = quick();
      options.loss = loss;
      options.tile = tile;
      const auto statistics = std::make_shared<StyleStatistics>();
      for (const int content : {1, 3, 5})
        EXPECT_EQ(paint(options, content, statistics), paint(options, content, nullptr)) << loss;
      // Two scales, found by the second and third painting.
      EXPECT_EQ(statistics->found(), 4U);
    }
  }
}

TEST(StyleStatistics, AnotherStyleSizeNetworkOrLayerIsNotFound) {
  const auto statistics = std::make_shared<StyleStatistics>();
  const auto expect_new = [&](const StylizeOptions& options, int style,
                              const nets::FeatureNet& net) {
    const auto painted = paint(options, 1, statistics, style, net);
    EXPECT_EQ(statistics->found(), 0U);
    EXPECT_EQ(painted, paint(options, 1, nullptr, style, net));
  };
  expect_new(quick(), 2, small_net());
  expect_new(quick(), 3, small_net());
  StylizeOptions options = quick();
  options.style_scale = 0.7;
  expect_new(options, 2, small_net());
  options = quick();
  options.style_layers = {"relu1_1", "relu3_1"};
  expect_new(options, 2, small_net());
  options = quick();
  options.pooling = "average";
  expect_new(options, 2, small_net({.pooling = nets::Pooling::average}));
}

TEST(StyleStatistics, WhatWasUsedLongestAgoIsForgotten) {
  const auto layers = [] {
    Moments moments{at::zeros({4}, at::kDouble), at::zeros({4, 4}, at::kDouble), 1};
    return StyleStatistics::Held::Layers{{"l", moments}};  // 160 bytes
  };
  StyleStatistics::Held held(400);
  (void)held.get("a", layers);
  (void)held.get("b", layers);
  (void)held.get("a", layers);
  EXPECT_EQ(held.found(), 1U);
  (void)held.get("c", layers);  // in place of b
  EXPECT_LE(held.bytes(), 400U);
  (void)held.get("a", layers);
  EXPECT_EQ(held.found(), 2U);
  (void)held.get("b", layers);
  EXPECT_EQ(held.found(), 2U);
}

TEST(NameOfPicture, TellsValuesShapesAndLayoutsApart) {
  const at::Tensor picture = at::rand({1, 3, 4, 6});
  EXPECT_EQ(name_of_picture(picture), name_of_picture(picture.clone()));
  EXPECT_NE(name_of_picture(picture), name_of_picture(picture.reshape({1, 3, 6, 4})));
  at::Tensor other = picture.clone();
  other[0][0][0][0] += 0.5;
  EXPECT_NE(name_of_picture(picture), name_of_picture(other));
}

}  // namespace
}  // namespace atelier::style
