// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/animation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "small_net.hpp"

namespace atelier::style {
namespace {

image::Image grey(float value) {
  image::Image picture;
  picture.width = 20;
  picture.height = 16;
  picture.rgb.assign(picture.pixels() * 3, value);
  return picture;
}

/// Oklab's lightness of a grey is the cube root of its light.
double lightness(float value) {
  return std::cbrt(std::pow((value + 0.055) / 1.055, 2.4));
}

TEST(Way, EndsAtItsEnds) {
  Way way;
  for (const float v : {0.2F, 0.4F, 0.8F}) way.add(grey(v));
  EXPECT_NEAR(way.at(0).rgb[5], 0.2, 1e-6);
  EXPECT_NEAR(way.at(1).rgb[5], 0.8, 1e-6);
  EXPECT_NEAR(way.at(-3).rgb[5], 0.2, 1e-6);
  EXPECT_NEAR(way.length(), lightness(0.8F) - lightness(0.2F), 1e-3);
}

/// Many small steps first and large ones later are walked at one pace all the same.
TEST(Way, IsWalkedAtAnEvenPace) {
  Way way;
  for (int i = 0; i <= 40; ++i) {
    const double share = i / 40.0;
    way.add(grey(static_cast<float>(0.1 + 0.8 * share * share * share)));
  }
  const double from = lightness(0.1F), to = lightness(0.9F);
  for (int i = 0; i <= 10; ++i) {
    const double share = i / 10.0;
    EXPECT_NEAR(lightness(way.at(share).rgb[0]), from + share * (to - from), 0.01);
  }
}

TEST(Way, PassesOverWhatHardlyDiffersButTheLast) {
  Way way;
  way.add(grey(0.5F));
  way.add(grey(0.5001F));
  EXPECT_EQ(way.pictures(), 1U);
  way.add(grey(0.501F), /*kept=*/true);
  EXPECT_EQ(way.pictures(), 2U);
  Way still;
  still.add(grey(0.5F));
  EXPECT_NEAR(still.at(0.7).rgb[0], 0.5, 0.002);
}

StylizeOptions small_options() {
  StylizeOptions options;
  options.min_size = 16;
  options.first_iterations = 6;
  options.threads = 1;
  options.iterations = 4;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1", "relu3_1"};
  return options;
}

double largest_difference(const image::Image& a, const image::Image& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    most = std::max(most, std::abs(static_cast<double>(a.rgb[i]) - b.rgb[i]));
  }
  return most;
}

double difference(const image::Image& a, const image::Image& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    sum += std::pow(static_cast<double>(a.rgb[i]) - b.rgb[i], 2);
  }
  return std::sqrt(sum / static_cast<double>(a.rgb.size()));
}

TEST(Unveiling, ThePaintingAtFullSizeIsShownAsItIs) {
  const image::Image photograph = waves(64, 48, 1), painting = waves(64, 48, 2);
  Unveiling unveiling(photograph, small_options());
  Step step;
  step.scale = 64;
  step.iteration = 14;
  EXPECT_EQ(unveiling.shown(step, painting).rgb, painting.rgb);
}

/// From the first step on at full size, never jumping: not when a size ends, nor at the start.
TEST(Unveiling, NeverJumps) {
  const image::Image photograph = waves(64, 48, 1);
  Unveiling unveiling(photograph, small_options());
  std::vector<image::Image> shown{photograph};
  std::vector<int> scales;
  const auto result = stylize(
      small_net(), {.content = photograph, .styles = {waves(40, 40, 3)}, .init = {}, .last = {}},
      small_options(), [&](const Step& step, const std::function<image::Image()>& picture) {
        shown.push_back(unveiling.shown(step, picture()));
        scales.push_back(step.scale);
      });
  ASSERT_GT(std::count(scales.begin(), scales.end(), 16), 0);
  double within = 0;
  for (std::size_t i = 1; i < shown.size(); ++i) {
    ASSERT_EQ(shown[i].width, 64);
    if (i > 1 && scales[i - 1] == scales[i - 2]) {
      within = std::max(within, difference(shown[i], shown[i - 1]));
    }
  }
  for (std::size_t i = 2; i < shown.size(); ++i) {
    if (scales[i - 1] != scales[i - 2]) {
      EXPECT_LT(difference(shown[i], shown[i - 1]), 1.5 * within + 0.01);
    }
  }
  EXPECT_LT(difference(shown[1], photograph), 1.5 * within + 0.01);
  EXPECT_LT(largest_difference(shown.back(), result.image), 0.5);
}

}  // namespace
}  // namespace atelier::style
