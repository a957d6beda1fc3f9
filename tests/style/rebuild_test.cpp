// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/rebuild.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "atelier/style/score.hpp"
#include "atelier/style/stylize.hpp"
#include "small_net.hpp"

namespace atelier::style {
namespace {

StylizeOptions options() {
  StylizeOptions options;
  options.device = "cpu";
  options.content_layers = {"relu1_1"};
  options.style_layers = {"relu1_1", "relu2_1"};
  return options;
}

double distance(const image::Image& a, const image::Image& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) sum += std::pow(a.rgb[i] - b.rgb[i], 2);
  return std::sqrt(sum / static_cast<double>(a.rgb.size()));
}

TEST(Rebuild, AnEarlyLayerKeepsThePhotograph) {
  const image::Image content = waves(48, 36, 1);
  const image::Image rebuilt = rebuild_content(small_net(), content, "relu1_1", options());
  EXPECT_EQ(rebuilt.width, 48);
  EXPECT_EQ(rebuilt.height, 36);
  EXPECT_LT(distance(rebuilt, content), 0.06);  // noise has 0.3
}

TEST(Rebuild, ATextureComesNearThePaintingsMeanColoursButIsNotThePainting) {
  const image::Image style = waves(96, 80, 2);
  const image::Image texture = rebuild_texture(small_net(), style, 64, "relu1_1", options());
  EXPECT_EQ(texture.width, 64);
  EXPECT_EQ(texture.height, 64);
  const auto mean = [](const image::Image& picture, int c) {
    double sum = 0;
    for (std::size_t i = c; i < picture.rgb.size(); i += 3) sum += picture.rgb[i];
    return sum / static_cast<double>(picture.pixels());
  };
  for (int c = 0; c < 3; ++c) EXPECT_NEAR(mean(texture, c), mean(style, c), 0.05);
}

TEST(OnScale, HearsOfEachLayerAtBothEndsOfEachScaleAndChangesNothing) {
  StylizeOptions quick = options();
  quick.content_layers = {"relu2_2", "relu2_1"};
  quick.iterations = 8;
  quick.first_iterations = 12;
  quick.min_size = 24;
  std::vector<Inspection> heard;
  std::vector<Losses> first;  // of each scale
  const auto paint = [&](bool listens) {
    StylizePictures pictures;
    pictures.content = waves(48, 36, 1);
    pictures.styles = {waves(40, 40, 2)};
    if (listens) pictures.on_scale = [&](const Inspection& one) { heard.push_back(one); };
    int scale = 0;
    return stylize(small_net(), std::move(pictures), quick, [&](const Step& step, const auto&) {
      if (listens && step.scale != scale) first.push_back(step.losses);
      scale = step.scale;
    });
  };
  const StylizeResult result = paint(true);
  EXPECT_EQ(result.image.rgb, paint(false).image.rgb);
  ASSERT_EQ(heard.size(), 4U);
  const auto mean = [](const std::vector<LayerLoss>& layers) {
    double sum = 0;
    for (const LayerLoss& layer : layers) sum += layer.loss;
    return sum / static_cast<double>(layers.size());
  };
  for (int i = 0; i < 2; ++i) {
    const Inspection &begun = heard[2 * i], &ended = heard[2 * i + 1];
    EXPECT_FALSE(begun.ended);
    EXPECT_TRUE(ended.ended);
    EXPECT_EQ(begun.scale, i == 0 ? 24 : 48);
    EXPECT_EQ(ended.iterations, i == 0 ? 12 : 8);
    // A term is the mean of its layers.
    EXPECT_NEAR(mean(begun.layers.style), first[i].style, 1e-5 * first[i].style);
    EXPECT_NEAR(mean(begun.layers.content), first[i].content, 1e-5);
  }
  // It begins as the photograph, far from the style.
  EXPECT_LT(mean(heard[1].layers.style), mean(heard[0].layers.style));
  EXPECT_EQ(heard[0].layers.style[1].layer, "relu2_1");
}

}  // namespace
}  // namespace atelier::style
