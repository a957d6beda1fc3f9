// SPDX-License-Identifier: Apache-2.0
#include "atelier/assist/composition.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "assist/made_pictures.hpp"
#include "assist/placement.hpp"
#include "atelier/base/random.hpp"
#include "atelier/image/file.hpp"

namespace atelier::assist {
namespace {

using namespace test;

image::Image dot(double x, double y) {
  image::Image picture = flat({600, 400}, {0.1, 0.12, 0.15});
  put_disc(picture, 600 * x, 400 * y, 22, {1, 0.95, 0.8});
  return picture;
}

Composition measured(const image::Image& picture, Evidence evidence = {}) {
  return measure(picture, see(picture, std::move(evidence)));
}

/// Coarse chance, so that nothing in it is symmetric.
image::Image chance(std::uint64_t seed) {
  image::Image picture = flat({240, 160}, {0, 0, 0});
  RandomStream random(seed, "squares");
  for (int y = 0; y < 160; y += 20) {
    for (int x = 0; x < 240; x += 20) {
      const double value = random.uniform();
      put(picture, Box{1.0 * x, 1.0 * y, x + 20.0, y + 20.0}, {value, value, value});
    }
  }
  return picture;
}

TEST(Composition, ADotOnACrossingOfThirds) {
  for (const double x : {third, 1 - third}) {
    for (const double y : {third, 1 - third}) {
      const Composition composition = measured(dot(x, y));
      EXPECT_GT(composition.thirds->value, 0.99);
      EXPECT_LT(composition.thirds->distance, 0.01);
      EXPECT_NEAR(composition.thirds->crossing.x, x, 1e-9);
      EXPECT_NEAR(composition.thirds->crossing.y, y, 1e-9);
      EXPECT_LT(composition.golden->value, composition.thirds->value);
    }
  }
}

TEST(Composition, ADotOnTheGoldenSectionAndInTheMiddle) {
  const Composition golden = measured(dot(golden_section, 1 - golden_section));
  EXPECT_GT(golden.golden->value, 0.99);
  EXPECT_GT(golden.golden->value, golden.thirds->value);
  const Composition middle = measured(dot(0.5, 0.5));
  // 1/6 from each line: a third of exp(-(1/3)^2 / s) and two of exp(-(1/6)^2 / s), s = 2 * 0.17^2.
  const double s = 2 * 0.17 * 0.17;
  EXPECT_NEAR(middle.thirds->value, (std::exp(-1 / 9.0 / s) + 2 * std::exp(-1 / 36.0 / s)) / 3,
              0.01);
  EXPECT_NEAR(middle.balance.value, 1, 0.001);
}

TEST(Composition, BalanceFollowsTheWeight) {
  const Composition left = measured(dot(0.25, 0.5));
  EXPECT_NEAR(left.balance.centre.x, 0.25, 0.02);
  EXPECT_NEAR(left.balance.value, std::exp(-0.25 * 0.25 / (2 * 0.04)), 0.06);
  image::Image two = dot(0.25, 0.5);
  put_disc(two, 450, 200, 22, {1, 0.95, 0.8});
  EXPECT_NEAR(measured(two).balance.value, 1, 0.002);
}

TEST(Composition, MirrorImagesAreTold) {
  const image::Image half = chance(1), mirror = mirrored(half);
  image::Image whole = flat({480, 160}, {0, 0, 0});
  for (int y = 0; y < 160; ++y) {
    const auto row = [&](const image::Image& from) {
      return from.rgb.begin() + std::ptrdiff_t{3} * y * 240;
    };
    const auto to = whole.rgb.begin() + std::ptrdiff_t{3} * y * 480;
    std::copy_n(row(half), 720, to);
    std::copy_n(row(mirror), 720, to + 720);
  }
  const Symmetry symmetric = measured(whole).symmetry;
  EXPECT_GT(symmetric.left_right, 0.995);
  EXPECT_EQ(symmetric.axis, 0.5);
  EXPECT_LT(measured(half).symmetry.left_right, 0.45);
  EXPECT_NEAR(measured(half).symmetry.left_right, measured(mirror).symmetry.left_right, 0.02);
  EXPECT_EQ(measured(flat({90, 60}, {1, 1, 1})).symmetry.left_right, 1);
}

TEST(Composition, AnAxisBesideTheMiddleIsFound) {
  image::Image picture = flat({480, 320}, {0.5, 0.5, 0.5});
  for (const double side : {-1.0, 1.0}) {  // about x = 264: 0.55
    put_disc(picture, 264 + side * 60, 90, 30, {0.9, 0.9, 0.9});
    put_disc(picture, 264 + side * 120, 200, 40, {0.1, 0.1, 0.1});
    put_disc(picture, 264 + side * 25, 260, 15, {1, 1, 1});
  }
  const Symmetry symmetry = measured(picture).symmetry;
  EXPECT_NEAR(symmetry.axis, 0.55, 0.011);
  EXPECT_GT(symmetry.left_right, 0.95);
}

TEST(Composition, AReflectionInWater) {
  image::Image picture = flat({200, 200}, {0.5, 0.5, 0.5});
  for (const double side : {-1.0, 1.0}) {
    put_disc(picture, 60, 100 + side * 40, 25, {0.9, 0.9, 0.9});
    put_disc(picture, 150, 100 + side * 60, 18, {0.1, 0.1, 0.1});
  }
  const Symmetry symmetry = measured(picture).symmetry;
  EXPECT_GT(symmetry.top_bottom, 0.98);
  EXPECT_LT(symmetry.left_right, 0.8);
}

TEST(Composition, RoomAboveAndBeforeAHead) {
  const Face face{{0.60, 0.30, 0.70, 0.45}, 0.9, Facing::left};
  const Composition composition = measured(flat({600, 400}, {0.5, 0.5, 0.5}), {{face}, {}, {}});
  ASSERT_TRUE(composition.room);
  // The head: 0.575..0.725 across, 0.225..0.4875 down.
  EXPECT_NEAR(*composition.room->headroom, 0.225 / 0.2625, 1e-9);
  EXPECT_NEAR(*composition.room->lead, 0.575 / (0.575 + 0.275), 1e-9);
  const Face straight{face.box, 0.9, Facing::viewer};
  EXPECT_FALSE(
      measured(flat({600, 400}, {0.5, 0.5, 0.5}), {{straight}, {}, {}}).room->lead.has_value());
}

TEST(Composition, LinesThatLeadToTheDot) {
  const image::Image picture = dot(0.5, 0.4);
  Evidence evidence;
  evidence.edges = {{{{0.1, 0.95}, {0.42, 0.52}}, 20},  // leads
                    {{{0.9, 0.95}, {0.58, 0.52}}, 20},  // leads
                    {{{0.05, 0.1}, {0.05, 0.6}}, 20},   // upright
                    {{{0.1, 0.95}, {0.2, 0.3}}, 20}};   // passes by
  const Leading leading = measured(picture, evidence).leading;
  ASSERT_EQ(leading.lines.size(), 2U);
  EXPECT_GT(leading.value, 0.7);
  for (const LeadingLine& line : leading.lines) EXPECT_LT(line.line.to.y, line.line.from.y);
  EXPECT_TRUE(measured(flat({60, 40}, {0.5, 0.5, 0.5}), evidence).leading.lines.empty());
}

TEST(Composition, LinesThatMeet) {
  Evidence evidence;
  for (const double x : {0.05, 0.25, 0.75, 0.95}) {
    for (const double reach : {0.75, 0.85}) {
      const double y = 0.98;
      evidence.edges.push_back({{{x, y}, {x + reach * (0.45 - x), y + reach * (0.35 - y)}}, 20});
    }
  }
  const Leading leading = measured(dot(0.8, 0.2), evidence).leading;
  ASSERT_TRUE(leading.vanishing);
  EXPECT_NEAR(leading.vanishing->place.x, 0.45, 0.01);
  EXPECT_NEAR(leading.vanishing->place.y, 0.35, 0.01);
}

TEST(Composition, DiagonalLines) {
  const image::Image picture = flat({600, 400}, {0.5, 0.5, 0.5});
  Evidence along, across;
  along.edges = {{{{0.1, 0.1}, {0.8, 0.8}}, 20}};
  across.edges = {{{{0.1, 0.5}, {0.8, 0.5}}, 20}};
  EXPECT_NEAR(measured(picture, along).diagonals, 1, 1e-6);
  EXPECT_LT(measured(picture, across).diagonals, 0.1);
  EXPECT_EQ(measured(picture).diagonals, 0);
}

TEST(Composition, FiguresAreStableUnderResizing) {
  image::Image picture = sea({960, 640}, 0, 0.4);
  put(picture, {600, 180, 700, 330}, {0.85, 0.8, 0.75});
  put_disc(picture, 200, 500, 30, {0.9, 0.2, 0.2});
  const Composition full = measured(picture);
  for (const image::Size size : {image::Size{480, 320}, {240, 160}}) {
    const Composition other = measured(image::resize(picture, size));
    EXPECT_NEAR(other.balance.value, full.balance.value, 0.02);
    EXPECT_NEAR(other.thirds->value, full.thirds->value, 0.02);
    EXPECT_NEAR(other.golden->value, full.golden->value, 0.02);
    EXPECT_NEAR(other.symmetry.left_right, full.symmetry.left_right, 0.03);
    EXPECT_NEAR(other.empty, full.empty, 0.02);
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_NEAR(other.values.shares[i], full.values.shares[i], 0.02);
  }
}

TEST(Composition, TheSmallestPicturesHaveFigures) {
  for (const image::Size size : {image::Size{1, 1}, {1, 300}, {300, 1}, {2, 3}}) {
    const Composition composition = measured(flat(size, {0.3, 0.3, 0.3}));
    EXPECT_EQ(composition.balance.value, 1);
    EXPECT_FALSE(composition.thirds);
    EXPECT_EQ(composition.empty, 1);
    EXPECT_FALSE(composition.room);
  }
}

}  // namespace
}  // namespace atelier::assist
