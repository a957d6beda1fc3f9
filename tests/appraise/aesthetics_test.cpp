// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/aesthetics.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numbers>

#include "appraise/pictures.hpp"
#include "atelier/base/error.hpp"
#include "atelier/image/file.hpp"

namespace atelier::appraise {
namespace {

using namespace test;

TEST(Aesthetics, AFlatGreyHasNothing) {
  const Aesthetics of = measure(flat({64, 48}, grey(0.4)));
  EXPECT_NEAR(of.colourfulness, 0, 1e-6);
  EXPECT_NEAR(of.contrast, 0, 1e-6);
  EXPECT_EQ(of.sharpness, 0);
  EXPECT_EQ(of.noise, 0);
  EXPECT_NEAR(of.blocking, 0, 1e-6);
  EXPECT_EQ(of.complexity, 0);
}

TEST(Aesthetics, ColourfulnessOfOneColour) {
  // No deviation; rg = 255, yb = 127.5: 0.3 * hypot(255, 127.5).
  EXPECT_NEAR(measure(flat({20, 20}, {1, 0, 0})).colourfulness, 0.3 * std::hypot(255, 127.5), 1e-3);
}

TEST(Aesthetics, ColourfulnessOfTwoColours) {
  // Half red, half cyan: rg = +-255, yb = +-127.5, their means 0.
  const auto halves = painted({32, 16}, [](int x, int) {
    return x < 16 ? std::array<float, 3>{1, 0, 0} : std::array<float, 3>{0, 1, 1};
  });
  EXPECT_NEAR(measure(halves).colourfulness, std::hypot(255, 127.5), 1e-3);
}

TEST(Aesthetics, WordsOfColourfulness) {
  EXPECT_EQ(colourfulness_word(0), "not colourful");
  EXPECT_EQ(colourfulness_word(33), "moderately colourful");
  EXPECT_EQ(colourfulness_word(120), "extremely colourful");
}

TEST(Aesthetics, ContrastOfBlackAndWhite) {
  const auto halves = painted({32, 16}, [](int x, int) { return grey(x < 16 ? 0 : 1); });
  EXPECT_NEAR(measure(halves).contrast, 50, 1e-3);
}

TEST(Aesthetics, NoiseIsFound) {
  for (const double deviation : {2.0, 5.0, 12.0}) {
    EXPECT_NEAR(measure(noisy({256, 256}, deviation)).noise, deviation, 0.03 * deviation);
  }
}

TEST(Aesthetics, EdgesAreNoNoise) {
  const auto stripes = painted({128, 128}, [](int x, int) { return grey(x / 16 % 2); });
  EXPECT_EQ(measure(stripes).noise, 0);
}

TEST(Aesthetics, BlursAreTold) {
  // One period over 64 px: a mean over 9 px takes 1 - sin(9 a) / (9 sin(a)) of it away, a = pi
  // / 64.
  const auto wave = painted({640, 64}, [](int x, int) {
    return grey(0.5 + 0.5 * std::sin(2 * std::numbers::pi * x / 64));
  });
  const double a = std::numbers::pi / 64;
  EXPECT_NEAR(measure(wave).sharpness, 1 - std::sin(9 * a) / (9 * std::sin(a)), 0.01);
  const image::Image sharp = noisy({128, 128}, 20);
  const image::Image soft = image::resize(image::resize(sharp, {32, 32}), {128, 128});
  EXPECT_GT(measure(sharp).sharpness, measure(soft).sharpness + 0.2);
}

TEST(Aesthetics, TheSharperDirectionDoesNotHideTheOther) {
  const auto across = painted({64, 64}, [](int x, int) { return grey(x % 2); });
  const auto down = painted({64, 64}, [](int, int y) { return grey(y % 2); });
  EXPECT_NEAR(measure(across).sharpness, measure(down).sharpness, 1e-9);
  EXPECT_GT(measure(across).sharpness, 0.85);
}

TEST(Aesthetics, BlocksAreFoundWhereverTheyBegin) {
  // Blocks of 8 px in two greys, 20 levels apart: all differences lie at borders.
  for (const int offset : {0, 3, 7}) {
    const auto blocks = painted({160, 160}, [&](int x, int y) {
      return grey(0.4 + 20.0 / 255 * (((x + offset) / 8 + (y + offset) / 8) % 2));
    });
    EXPECT_NEAR(measure(blocks).blocking, 20, 0.01) << offset;
  }
  EXPECT_LT(measure(noisy({256, 256}, 10)).blocking, 0.3);
}

TEST(Aesthetics, ComplexityCountsBits) {
  // Half of the blocks black, half white: one bit a block of 64 px.
  const auto two = painted({128, 128}, [](int x, int) { return grey(x < 64 ? 0 : 1); });
  EXPECT_NEAR(measure(two).complexity, 1.0 / 64, 1e-9);
  // One pattern that repeats says nothing new.
  const auto pattern = painted({128, 128}, [](int x, int y) { return grey((x + y) % 2); });
  EXPECT_EQ(measure(pattern).complexity, 0);
  EXPECT_GT(measure(noisy({128, 128}, 40)).complexity, 1);
}

TEST(Aesthetics, WhatIsTransparentIsWhite) {
  image::Image picture = flat({32, 32}, {1, 0, 0});
  picture.alpha.assign(picture.pixels(), 0.0F);
  const Aesthetics of = measure(picture), white = measure(flat({32, 32}, grey(1)));
  EXPECT_NEAR(of.colourfulness, 0, 1e-6);
  EXPECT_NEAR(of.contrast, white.contrast, 1e-6);
  EXPECT_EQ(of.complexity, white.complexity);
}

TEST(Aesthetics, ASmallPictureIsRefused) {
  EXPECT_THROW(static_cast<void>(measure(flat({15, 40}, grey(0)))), Error);
}

}  // namespace
}  // namespace atelier::appraise
