// SPDX-License-Identifier: Apache-2.0
#include "atelier/style/film.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "atelier/base/error.hpp"
#include "atelier/style/stylize.hpp"
#include "small_net.hpp"
#include "style/start.hpp"

namespace atelier::style {
namespace {

StylizeOptions options() {
  StylizeOptions options;
  options.content_layers = {"relu2_2"};
  options.style_layers = {"relu1_1", "relu2_1", "relu3_1"};
  options.min_size = 16;
  options.iterations = 4;
  options.frame_iterations = 5;
  options.threads = 1;
  return options;
}

image::Mask everywhere(const image::Image& of, float value) {
  return {of.width, of.height, std::vector<float>(of.pixels(), value)};
}

StylizePictures frame(int content, std::optional<LastPainting> last = {}) {
  return {.content = waves(40, 32, content),
          .styles = {waves(36, 30, 7)},
          .init = {},
          .last = std::move(last)};
}

double difference(const image::Image& a, const image::Image& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) {
    sum += std::pow(static_cast<double>(a.rgb[i]) - b.rgb[i], 2);
  }
  return std::sqrt(sum / static_cast<double>(a.rgb.size()));
}

TEST(Film, ANextFrameTakesItsOwnNumberOfSteps) {
  const image::Image moved = waves(40, 32, 2);
  std::map<int, int> steps;
  const auto result = stylize(small_net(), frame(1, LastPainting{moved, everywhere(moved, 1)}),
                              options(), [&](const Step& step, const auto&) {
                                EXPECT_EQ(step.iterations, 15);
                                ++steps[step.scale];
                              });
  EXPECT_EQ(steps, (std::map<int, int>{{20, 10}, {40, 5}}));
  EXPECT_EQ(result.iterations, 15);
}

TEST(Film, TheWeightHoldsAFrameToTheLastPainting) {
  const image::Image moved = waves(40, 32, 2);
  double before = 1e9;
  for (const double weight : {0.0, 10.0, 1000.0, 1e6}) {
    StylizeOptions held = options();
    held.temporal_weight = weight;
    held.step_size = 1e-4;
    held.frame_iterations = 12;
    const auto result =
        stylize(small_net(), frame(1, LastPainting{moved, everywhere(moved, 1)}), held);
    const double apart = difference(result.image, moved);
    EXPECT_LT(apart, before) << weight;
    before = apart;
  }
  EXPECT_LT(before, 1e-3);
}

/// What is not trusted begins from the photograph, whatever the last painting shows.
TEST(Film, NothingIsTakenFromWhatIsNotTrusted) {
  const image::Image a = waves(40, 32, 2), b = waves(40, 32, 5);
  EXPECT_EQ(stylize(small_net(), frame(1, LastPainting{a, everywhere(a, 0)}), options()).image.rgb,
            stylize(small_net(), frame(1, LastPainting{b, everywhere(b, 0)}), options()).image.rgb);
}

/// A painting that is the photograph in other colours: what comes into sight begins in them too.
TEST(Film, WhatComesIntoSightBeginsInThePaintingsColours) {
  const at::Tensor content = at::linspace(0.3, 0.6, 3 * 48 * 60).view({1, 3, 48, 60});
  const at::Tensor painting = content + at::tensor({0.2F, -0.1F, 0.05F}).view({1, 3, 1, 1});
  at::Tensor moved = painting.clone(), trust = at::ones({1, 1, 48, 60});
  for (const at::Tensor& t : {moved, trust}) t.narrow(3, 53, 7).zero_();  // unveiled at the right
  EXPECT_LT((next_frame(moved, trust, content) - painting).abs().max().item<double>(), 2e-3);
  trust.zero_();
  EXPECT_LT((next_frame(moved, trust, content) - content).abs().max().item<double>(), 1e-6);
}

TEST(Film, NoChanceIsInANextFrame) {
  const image::Image moved = waves(40, 32, 2);
  const LastPainting last{moved, everywhere(moved, 0.5F)};
  StylizeOptions other = options();
  other.seed = 77;
  EXPECT_EQ(stylize(small_net(), frame(1, last), options()).image.rgb,
            stylize(small_net(), frame(1, last), other).image.rgb);
}

/// The memory makes nothing different: stills, frames after frames, and a still in between.
TEST(Film, WhatIsRememberedChangesNothing) {
  const auto net = small_net();
  StyleMemory memory;
  const image::Image moved = waves(40, 32, 2);
  for (const bool still : {true, false, false, true, false}) {
    for (const int content : {1, 3}) {
      const auto pictures = [&] {
        return still ? frame(content) : frame(content, LastPainting{moved, everywhere(moved, 1)});
      };
      const auto with = stylize(net, pictures(), options(), {}, {}, &memory),
                 without = stylize(net, pictures(), options());
      EXPECT_EQ(with.image.rgb, without.image.rgb);
      EXPECT_EQ(with.losses.total, without.losses.total);
    }
  }
}

TEST(Film, RefusesALastPaintingOfAnotherSize) {
  const image::Image right = waves(40, 32, 2), wrong = waves(32, 40, 2);
  for (const LastPainting& last :
       {LastPainting{wrong, everywhere(right, 1)}, LastPainting{right, everywhere(wrong, 1)},
        LastPainting{right, {40, 32, {}}}}) {
    EXPECT_THROW((void)stylize(small_net(), frame(1, last), options()), Error);
  }
}

}  // namespace
}  // namespace atelier::style
