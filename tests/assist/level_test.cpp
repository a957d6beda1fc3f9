// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/level.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "assist/line_fit.hpp"
#include "assist/made_pictures.hpp"

namespace atelier::assist {
namespace {

using namespace test;

constexpr image::Size size{900, 600};

/// Edges that are upright in the world, in a picture turned by `degrees` whose camera looked up:
/// edges at x lean by k x besides.
std::vector<Edge> uprights(double degrees, double k) {
  std::vector<Edge> edges;
  for (int i = 0; i < 10; ++i) {
    const double x = 45 + 90 * i;
    const double lean = (degrees + k * (x - 450) / 900) * std::numbers::pi / 180;
    const double dx = 100 * std::sin(lean), dy = 100 * std::cos(lean);
    edges.push_back({{{(x - dx) / 900, (300 - dy) / 600}, {(x + dx) / 900, (300 + dy) / 600}}, 10});
  }
  return edges;
}

TEST(Level, KnownHorizonsAreFoundToATenthOfADegree) {
  for (const double degrees : {-12.0, -5.0, -1.3, -0.4, 0.0, 0.2, 0.9, 3.3, 8.0, 14.0}) {
    for (const double height : {0.35, 0.6}) {
      image::Image picture = sea(size, degrees, height);
      add_noise(picture, 0.03, 5);
      // What is handed in is rough: pieces turned by up to a degree.
      const Level level = find_level(picture, pieces(size, degrees, height, 1));
      ASSERT_TRUE(level.horizon) << degrees;
      EXPECT_NEAR(level.tilt, degrees, 0.1);
      EXPECT_GT(level.certainty, 0.8) << degrees;
      EXPECT_NEAR((level.horizon->line.from.y + level.horizon->line.to.y) / 2, height, 0.004);
    }
  }
}

TEST(Level, ASoftHorizonBehindABoatIsFound) {
  image::Image picture = sea(size, 2.5, 0.5, 8);
  put(picture, {380, 180, 520, 400}, {0.9, 0.9, 0.9});
  add_noise(picture, 0.02, 6);
  const Level level = find_level(picture, pieces(size, 2.5, 0.5, 0.5));
  EXPECT_NEAR(level.tilt, 2.5, 0.3);
  EXPECT_GT(level.certainty, certain);
}

TEST(Level, NoEdgesNoHorizon) {
  const Level level = find_level(sea(size, 2, 0.5), {});
  EXPECT_FALSE(level.horizon);
  EXPECT_EQ(level.certainty, 0);
  EXPECT_EQ(find_level(flat({1, 1}, {0, 0, 0}), {}).certainty, 0);
}

TEST(Level, ALineWithNothingToPartIsNotCertain) {
  const Level level = find_level(flat(size, {0.5, 0.5, 0.5}), pieces(size, 2, 0.5, 0));
  EXPECT_LT(level.certainty, 0.05);
}

TEST(Level, UprightEdgesTellTheTiltOfALookUp) {
  for (const double degrees : {-4.0, 0.0, 1.5}) {
    for (const double k : {0.0, 8.0, -8.0}) {
      const Level level = find_level(flat(size, {0.5, 0.5, 0.5}), uprights(degrees, k));
      ASSERT_TRUE(level.verticals);
      EXPECT_NEAR(*level.verticals, degrees, 0.1) << k;
      EXPECT_NEAR(level.tilt, degrees, 0.1);
      EXPECT_GT(level.certainty, certain);
    }
  }
}

TEST(Level, WhatContradictsLowersCertainty) {
  const image::Image picture = sea(size, 3, 0.5);
  std::vector<Edge> edges = pieces(size, 3, 0.5, 0);
  const double alone = find_level(picture, edges).certainty;
  std::vector<Edge> agreeing = edges, contradicting = edges;
  for (const Edge& edge : uprights(3, 0)) agreeing.push_back(edge);
  for (const Edge& edge : uprights(-3, 0)) contradicting.push_back(edge);
  EXPECT_GE(find_level(picture, agreeing).certainty, alone);
  EXPECT_LT(find_level(picture, contradicting).certainty, certain);
}

TEST(Level, ALineAcrossThatIsTurnedAgainstTheHorizonIsARival) {
  image::Image picture = sea(size, 0, 0.75);
  const image::Image bridge = sea(size, 4, 0.3);  // of which a band of 30 px is taken
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double deck = 0.3 * size.height - std::tan(4 * std::numbers::pi / 180) * (x - 450);
      if (y < deck || y > deck + 30) continue;
      const std::size_t i = 3 * (static_cast<std::size_t>(y) * size.width + x);
      std::copy_n(&bridge.rgb[i], 3, &picture.rgb[i]);
    }
  }
  std::vector<Edge> edges = pieces(size, 0, 0.75, 0);
  const double alone = find_level(sea(size, 0, 0.75), edges).certainty;
  for (const Edge& edge : pieces(size, 4, 0.3, 0)) edges.push_back(edge);
  EXPECT_LT(find_level(picture, edges).certainty, 0.5 * alone);
}

TEST(Level, TheLevelPartJustFits) {
  EXPECT_EQ(level_share({300, 200}, 0), 1);
  for (const image::Size shape : {image::Size{300, 200}, {200, 300}, {250, 250}, {1, 400}}) {
    for (const double degrees : {-10.0, 0.5, 3.0, 15.0}) {
      const double share = level_share(shape, degrees);
      const double angle = std::abs(degrees) * std::numbers::pi / 180;
      const double w = share * shape.width, h = share * shape.height;
      const double across = w * std::cos(angle) + h * std::sin(angle),
                   down = w * std::sin(angle) + h * std::cos(angle);
      EXPECT_LE(across, shape.width + 1e-9);
      EXPECT_LE(down, shape.height + 1e-9);
      EXPECT_NEAR(std::max(across / shape.width, down / shape.height), 1, 1e-9);
    }
  }
}

TEST(LineFit, OneInThreeFarOffDoesNotBendIt) {
  std::vector<Sample> samples;
  for (int i = 0; i < 60; ++i)
    samples.push_back({static_cast<double>(i), i % 3 == 0 ? 40.0 + i : 5 + 0.1 * i, 1});
  const Fit fit = fit_line_robustly(samples, {5, 0.1}, 0.5);
  EXPECT_NEAR(fit.slope, 0.1, 1e-9);
  EXPECT_NEAR(fit.offset, 5, 1e-9);
  EXPECT_NEAR(share_within(samples, fit, 0.5), 2.0 / 3, 1e-9);
}

}  // namespace
}  // namespace atelier::assist
