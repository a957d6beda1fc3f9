// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/oklab.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "atelier/base/random.hpp"

namespace atelier::image {
namespace {

constexpr double degree = std::numbers::pi / 180;

Oklab polar(double lightness, double chroma, double hue) {
  return {lightness, chroma * std::cos(hue * degree), chroma * std::sin(hue * degree)};
}

double chroma(const Oklab& colour) {
  return std::hypot(colour.a, colour.b);
}

bool is_srgb(const Oklab& colour) {
  const Rgb rgb = srgb_from_oklab(colour);
  return std::all_of(rgb.begin(), rgb.end(), [](double value) {
    const double light = linear_from_srgb(value);
    return light >= -2e-9 && light <= 1 + 2e-9;
  });
}

/// As published with CSS Color Module Level 4 and by the space's author.
TEST(Oklab, KnownColours) {
  struct Known {
    Rgb rgb;
    Oklab colour;
  };
  for (const auto& [rgb, colour] : {Known{{1, 0, 0}, {0.627955, 0.224863, 0.125846}},
                                    {{0, 1, 0}, {0.866440, -0.233888, 0.179498}},
                                    {{0, 0, 1}, {0.452014, -0.032457, -0.311528}},
                                    {{1, 1, 0}, {0.967983, -0.071369, 0.198570}},
                                    {{0, 1, 1}, {0.905399, -0.149444, -0.039398}},
                                    {{1, 1, 1}, {1, 0, 0}},
                                    {{0, 0, 0}, {0, 0, 0}}}) {
    const Oklab ours = oklab_from_srgb(rgb);
    EXPECT_NEAR(ours.L, colour.L, 2e-6);
    EXPECT_NEAR(ours.a, colour.a, 2e-6);
    EXPECT_NEAR(ours.b, colour.b, 2e-6);
  }
}

/// Grey of linear light y has L = y^(1/3): what 18 % reflects lies at 0.5646.
TEST(Oklab, GreysLieOnTheAxis) {
  for (const double light : {0.001, 0.18, 0.5, 0.99}) {
    const double value = srgb_from_linear(light);
    EXPECT_NEAR(linear_from_srgb(value), light, 1e-15);
    const Oklab grey = oklab_from_srgb({value, value, value});
    EXPECT_NEAR(grey.L, std::cbrt(light), 1e-7);
    EXPECT_NEAR(chroma(grey), 0, 1e-7);
  }
}

TEST(Oklab, ComesBack) {
  RandomStream random(1, "test");
  for (int i = 0; i < 2000; ++i) {
    // Beyond 0..1 too: what optimisation passes through.
    const Rgb rgb{random.uniform() * 1.4 - 0.2, random.uniform() * 1.4 - 0.2,
                  random.uniform() * 1.4 - 0.2};
    const Rgb again = srgb_from_oklab(oklab_from_srgb(rgb));
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(again[c], rgb[c], 1e-12);
  }
}

TEST(Oklab, DifferencesOfChromaAndHue) {
  const Oklab red = polar(0.5, 0.1, 0), blue = polar(0.9, 0.1, 90);
  EXPECT_NEAR(chroma_difference(red, blue), 100 * 0.1 * std::sqrt(2.0), 1e-12);
  EXPECT_NEAR(hue_difference(red, blue), 90, 1e-12);
  EXPECT_NEAR(hue_difference(polar(0.5, 0.1, 170), polar(0.5, 0.2, -170)), 20, 1e-9);
  EXPECT_EQ(hue_difference(red, {0.5, 0, 0}), 0);
}

/// Every hue, lightness and chroma: what comes out is sRGB's, its lightness and hue are those that
/// went in, and a thousandth more chroma would not be sRGB's.
TEST(InGamut, KeepsLightnessAndHueAndAsMuchChromaAsThereIs) {
  for (int hue = 0; hue < 360; hue += 3) {
    for (int l = 1; l < 50; ++l) {
      const double lightness = l / 50.0;
      for (const double wanted : {0.01, 0.05, 0.1, 0.2, 0.4}) {
        const Oklab colour = polar(lightness, wanted, hue);
        const Oklab result = in_gamut(colour);
        ASSERT_TRUE(is_srgb(result)) << hue << " " << lightness;
        EXPECT_EQ(result.L, lightness);
        EXPECT_LE(chroma(result), wanted + 1e-15);
        EXPECT_NEAR(hue_difference(result, colour), 0, 1e-9);
        if (is_srgb(colour)) {
          EXPECT_NEAR(chroma(result), wanted, 1e-8);
        } else {
          EXPECT_FALSE(is_srgb(polar(lightness, chroma(result) * 1.001, hue)))
              << hue << " " << lightness << " " << wanted;
        }
      }
    }
  }
}

/// The way from grey crosses the border once, so that halving finds it.
TEST(InGamut, EveryHueIsInsideUpToOneBorder) {
  for (int hue = 0; hue < 360; ++hue) {
    for (int l = 1; l < 40; ++l) {
      bool left = false;
      for (int step = 0; step <= 100; ++step) {
        const bool inside = is_srgb(polar(l / 40.0, step * 0.004, hue));
        EXPECT_FALSE(left && inside) << hue << " " << l << " " << step;
        left = left || !inside;
      }
    }
  }
}

TEST(InGamut, BeyondBlackAndWhiteThereIsNoColour) {
  for (const double lightness : {-0.3, 0.0, 1.0, 1.7}) {
    const Rgb rgb = srgb_in_gamut({lightness, 0.1, -0.2});
    for (const double value : rgb) EXPECT_NEAR(value, lightness > 0.5 ? 1 : 0, 1e-6);
  }
}

std::vector<float> colours() {
  RandomStream random(2, "test");
  std::vector<float> rgb(3 * 500);
  for (float& value : rgb) value = static_cast<float>(random.uniform());
  return rgb;
}

Oklab pixel(const std::vector<float>& rgb, std::size_t i) {
  return oklab_from_srgb({rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2]});
}

TEST(Rows, FadedToGreyKeepsLightnessAndHalfFadedHalfTheChroma) {
  const std::vector<float> before = colours();
  std::vector<float> grey = before, half = before, whole = before;
  fade_chroma(grey, 0);
  fade_chroma(half, 0.5);
  fade_chroma(whole, 1);
  for (std::size_t i = 0; i < before.size() / 3; ++i) {
    EXPECT_EQ(grey[3 * i], grey[3 * i + 1]);
    EXPECT_EQ(grey[3 * i], grey[3 * i + 2]);
    const Oklab was = pixel(before, i), faded = pixel(half, i);
    EXPECT_NEAR(pixel(grey, i).L, was.L, 1e-6);
    EXPECT_NEAR(faded.L, was.L, 1e-6);
    EXPECT_NEAR(faded.a, was.a / 2, 1e-6);
    EXPECT_NEAR(faded.b, was.b / 2, 1e-6);
    for (int c = 0; c < 3; ++c) EXPECT_NEAR(whole[3 * i + c], before[3 * i + c], 1e-6);
  }
}

TEST(Rows, GreyAndItsChromaAreThePicture) {
  const std::vector<float> before = colours();
  std::vector<float> joined = before;
  fade_chroma(joined, 0);
  add_chroma(joined, before, 1);
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_NEAR(joined[i], before[i], 1e-5);
}

}  // namespace
}  // namespace atelier::image
