// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/palette_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "atelier/base/random.hpp"
#include "image/symmetric_matrix.hpp"

namespace atelier::image {
namespace {

std::vector<Oklab> normal(std::size_t count, std::uint64_t seed, Vector3 mean, Vector3 deviation) {
  RandomStream random(seed, "test");
  std::vector<Oklab> colours;
  for (std::size_t i = 0; i < count; ++i) {
    colours.push_back({mean[0] + deviation[0] * random.normal(),
                       mean[1] + deviation[1] * random.normal(),
                       mean[2] + deviation[2] * random.normal()});
  }
  return colours;
}

/// Two clouds, a share of `first` in the one.
std::vector<Oklab> two_clouds(std::size_t count, std::uint64_t seed, double first, Vector3 one,
                              Vector3 two) {
  const Vector3 deviation{0.03, 0.01, 0.01};
  const auto many = static_cast<std::size_t>(first * static_cast<double>(count));
  std::vector<Oklab> colours = normal(many, seed, one, deviation);
  for (const Oklab& colour : normal(count - many, seed + 1, two, deviation))
    colours.push_back(colour);
  return colours;
}

ColourMoments moments_of(const std::vector<Oklab>& colours) {
  ColourMoments m;
  const double n = static_cast<double>(colours.size());
  for (const Oklab& c : colours) {
    m.mean[0] += c.L / n;
    m.mean[1] += c.a / n;
    m.mean[2] += c.b / n;
  }
  for (const Oklab& c : colours) {
    const Vector3 d{c.L - m.mean[0], c.a - m.mean[1], c.b - m.mean[2]};
    for (int i = 0; i < 9; ++i) m.covariance[i] += d[i / 3] * d[i % 3] / n;
  }
  return m;
}

void expect_near(const ColourMoments& a, const ColourMoments& b, double mean, double covariance) {
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(a.mean[i], b.mean[i], mean) << i;
  for (int i = 0; i < 9; ++i) EXPECT_NEAR(a.covariance[i], b.covariance[i], covariance) << i;
}

std::vector<Oklab> mapped(const PaletteMap& map, const std::vector<Oklab>& colours) {
  std::vector<Oklab> result;
  for (const Oklab& colour : colours) result.push_back(map(colour));
  return result;
}

/// Mean squared movement between ranks along many directions.
double sliced_distance(const std::vector<Oklab>& x, const std::vector<Oklab>& y) {
  double sum = 0;
  constexpr int directions = 40;
  for (int i = 0; i < directions; ++i) {
    const double z = -1 + (2 * i + 1.0) / directions, turn = 2.4 * i, r = std::sqrt(1 - z * z);
    const auto sorted = [&](const std::vector<Oklab>& colours) {
      std::vector<double> along;
      for (const Oklab& c : colours)
        along.push_back(z * c.L + r * std::cos(turn) * c.a + r * std::sin(turn) * c.b);
      std::sort(along.begin(), along.end());
      return along;
    };
    const std::vector<double> a = sorted(x), b = sorted(y);
    for (std::size_t k = 0; k < a.size(); ++k) sum += (a[k] - b[k]) * (a[k] - b[k]);
  }
  return sum / directions / static_cast<double>(x.size());
}

TEST(SymmetricMatrix, FunctionsOfKnownMatrices) {
  // Eigenvalues 1, 3 and 5; the first two along (1, -1, 0) and (1, 1, 0).
  const Matrix3 m{2, 1, 0, 1, 2, 0, 0, 0, 5};
  const Matrix3 root = function_of(m, [](double v) { return std::sqrt(v); });
  const double sum = (std::sqrt(3.0) + 1) / 2, difference = (std::sqrt(3.0) - 1) / 2;
  const Matrix3 known{sum, difference, 0, difference, sum, 0, 0, 0, std::sqrt(5.0)};
  for (int i = 0; i < 9; ++i) EXPECT_NEAR(root[i], known[i], 1e-14);
  const Matrix3 back = times(root, root);
  for (int i = 0; i < 9; ++i) EXPECT_NEAR(back[i], m[i], 1e-14);
  const Matrix3 full{4, 1, -2, 1, 3, 0.5, -2, 0.5, 6};
  const Matrix3 one = times(full, function_of(full, [](double v) { return 1 / v; }));
  for (int i = 0; i < 9; ++i) EXPECT_NEAR(one[i], i % 4 == 0 ? 1 : 0, 1e-13);
}

TEST(ColourSums, ArePlainMeansAndAlphaCounts) {
  const std::vector<float> rgb{1, 0, 0, 0, 0, 1, 0.5F, 0.5F, 0.5F};
  ColourSums sums, first, second;
  sums.add(rgb);
  std::vector<Oklab> colours;
  for (int i = 0; i < 3; ++i)
    colours.push_back(oklab_from_srgb({rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]}));
  expect_near(sums.moments(), moments_of(colours), 1e-12, 1e-12);
  first.add(std::span(rgb).first(3));
  second.add(std::span(rgb).subspan(3));
  first.add(second);
  expect_near(first.moments(), sums.moments(), 1e-12, 1e-12);
  ColourSums red;
  red.add(rgb, std::vector<float>{0.5F, 0, 0});
  EXPECT_NEAR(red.moments().mean[0], colours[0].L, 1e-12);
  EXPECT_NEAR(red.moments().covariance[0], 0, 1e-12);
  EXPECT_EQ(ColourSums().moments().mean[0], 0);
}

TEST(CovarianceMap, GivesTheOtherPalettesMeanAndCovariance) {
  const std::vector<Oklab> from = normal(5000, 1, {0.6, 0.02, -0.05}, {0.15, 0.04, 0.05});
  ColourMoments to;
  to.mean = {0.4, -0.03, 0.04};
  to.covariance = {0.02, 0.002, -0.001, 0.002, 0.003, 0.0004, -0.001, 0.0004, 0.001};
  const auto map = covariance_map(moments_of(from), to);
  expect_near(moments_of(mapped(*map, from)), to, 1e-10, 1e-8);
}

/// Between Gaussians with the same axes it stretches each axis by the deviations' ratio.
TEST(CovarianceMap, StretchesAxesByTheRatioOfDeviations) {
  ColourMoments from, to;
  from.covariance = {0.04, 0, 0, 0, 0.0001, 0, 0, 0, 0.0004};
  to.covariance = {0.01, 0, 0, 0, 0.0004, 0, 0, 0, 0.0004};
  to.mean = {0.5, 0, 0};
  const Oklab moved = (*covariance_map(from, to))({0.2, 0.01, 0.03});
  EXPECT_NEAR(moved.L, 0.5 + 0.1, 1e-9);
  EXPECT_NEAR(moved.a, 0.02, 1e-9);
  EXPECT_NEAR(moved.b, 0.03, 1e-9);
}

TEST(CovarianceMap, DoesNotMakeColoursOfAGreyPicturesNoise) {
  ColourMoments grey, colourful;
  grey.covariance = {0.04, 0, 0, 0, 1e-8, 0, 0, 0, 0};
  colourful.covariance = {0.04, 0, 0, 0, 0.01, 0, 0, 0, 0.01};
  const Oklab moved = (*covariance_map(grey, colourful))({0.3, 0.001, 0.001});
  EXPECT_NEAR(moved.L, 0.3, 1e-6);
  EXPECT_LE(std::hypot(moved.a, moved.b), 5 * 0.0015);
  const Oklab faded = (*covariance_map(colourful, grey))({0.3, 0.2, -0.1});
  EXPECT_LE(std::hypot(faded.a, faded.b), 1e-3);
}

TEST(TransportMap, OfAPaletteToItselfStaysPut) {
  const auto colours = two_clouds(4096, 1, 0.3, {0.7, 0.05, 0.1}, {0.3, -0.04, -0.1});
  const auto map = transport_map(colours, colours);
  for (const Oklab& colour : colours) {
    const Oklab moved = (*map)(colour);
    EXPECT_NEAR(moved.L, colour.L, 1e-9);
    EXPECT_NEAR(moved.a, colour.a, 1e-9);
    EXPECT_NEAR(moved.b, colour.b, 1e-9);
  }
}

TEST(TransportMap, MovesAShiftedPaletteByTheShift) {
  const auto from = normal(4096, 1, {0.5, 0, 0}, {0.1, 0.03, 0.03});
  std::vector<Oklab> to = from;
  for (Oklab& colour : to) colour = {colour.L + 0.1, colour.a - 0.05, colour.b + 0.02};
  const auto map = transport_map(from, to);
  for (const Oklab& colour : from) {
    EXPECT_NEAR((*map)(colour).L - colour.L, 0.1, 1e-9);
    EXPECT_NEAR((*map)(colour).a - colour.a, -0.05, 1e-9);
  }
}

/// What mean and covariance cannot tell: two clouds of other shares and places. Colours that were
/// not among the samples follow.
TEST(TransportMap, BringsTheWholeDistributionWhereALinearMapCannot) {
  const auto cloud = [](std::uint64_t seed) {
    return two_clouds(4096, seed, 0.3, {0.7, 0.05, 0.1}, {0.3, -0.04, -0.1});
  };
  const auto to = two_clouds(4096, 11, 0.6, {0.8, -0.08, 0.06}, {0.4, 0.1, 0.02});
  const double before = sliced_distance(cloud(7), to);
  const double transported = sliced_distance(mapped(*transport_map(cloud(1), to), cloud(7)), to);
  const double linear =
      sliced_distance(mapped(*covariance_map(moments_of(cloud(1)), moments_of(to)), cloud(7)), to);
  RecordProperty("transport_to_linear", std::to_string(transported / linear));
  EXPECT_LT(transported, 0.1 * before);
  EXPECT_LT(transported, 0.3 * linear);
}

/// No bands: even from one colour's cloud to two far ones, along any way through the colours no
/// step is more than a few times the one before it, and far from all samples it stays bounded.
TEST(TransportMap, NeighbouringColoursMoveAlike) {
  const auto from = normal(4096, 1, {0.5, 0, 0}, {0.1, 0.02, 0.02});
  const auto to = two_clouds(4096, 3, 0.5, {0.8, 0.1, 0.1}, {0.2, -0.1, -0.1});
  const auto map = transport_map(from, to);
  constexpr int steps = 2000;
  double steepest = 0;
  for (int i = 0; i < steps; ++i) {
    const auto at = [&](int k) { return (*map)({k / double{steps}, 0.03, -0.02}); };
    const Oklab here = at(i), there = at(i + 1);
    steepest = std::max(steepest, steps * std::abs(there.L - here.L));
    EXPECT_TRUE(here.L > -0.5 && here.L < 1.5 && std::abs(here.a) < 0.5) << i;
  }
  RecordProperty("steepest", std::to_string(steepest));
  EXPECT_LT(steepest, 12);
}

TEST(TransportMap, OfNothingIsTheIdentity) {
  const std::vector<Oklab> some{{0.5, 0.1, 0}};
  EXPECT_EQ((*transport_map({}, some))({0.3, 0.2, 0.1}).a, 0.2);
  EXPECT_EQ((*transport_map(some, {}))({0.3, 0.2, 0.1}).a, 0.2);
  const Oklab moved = (*transport_map(some, std::vector<Oklab>{{0.6, 0, 0.1}}))({0.5, 0.1, 0});
  EXPECT_NEAR(moved.L, 0.6, 1e-9);
  EXPECT_NEAR(moved.b, 0.1, 1e-9);
}

TEST(ApplyPaletteMap, GoesAShareOfTheWay) {
  class Bluer : public PaletteMap {
   public:
    Oklab operator()(const Oklab& c) const override { return {c.L, c.a, c.b - 0.04}; }
  };
  for (const double share : {0.0, 0.5, 1.0}) {
    std::vector<float> rgb{0.5F, 0.5F, 0.5F};
    apply_palette_map(Bluer(), share, rgb);
    EXPECT_NEAR(oklab_from_srgb({rgb[0], rgb[1], rgb[2]}).b, -0.04 * share, 1e-6);
  }
  std::vector<float> blue{0, 0, 1};  // there is none bluer
  apply_palette_map(Bluer(), 1, blue);
  for (const float value : blue) EXPECT_TRUE(value >= 0 && value <= 1);
  EXPECT_NEAR(oklab_from_srgb({blue[0], blue[1], blue[2]}).L, 0.452014, 1e-4);
}

TEST(SampledColours, AreSpreadAndCovered) {
  Image picture;
  picture.width = 100;
  picture.height = 80;
  for (int y = 0; y < 80; ++y) {
    for (int x = 0; x < 100; ++x) {
      for (int c = 0; c < 3; ++c) picture.rgb.push_back(x < 50 ? 0.0F : 1.0F);
      picture.alpha.push_back(y < 40 ? 1.0F : 0.2F);
    }
  }
  const auto covered = sampled_colours(picture, 1000);
  EXPECT_NEAR(static_cast<double>(covered.size()), 500, 2);
  const auto white =
      std::count_if(covered.begin(), covered.end(), [](const Oklab& c) { return c.L > 0.5; });
  EXPECT_NEAR(static_cast<double>(white), 250, 20);
  EXPECT_EQ(sampled_colours(picture, 100000).size(), 4000U);
  picture.alpha.clear();
  EXPECT_EQ(sampled_colours(picture, 100000).size(), 8000U);
}

}  // namespace
}  // namespace atelier::image
