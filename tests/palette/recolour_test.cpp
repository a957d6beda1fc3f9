// SPDX-License-Identifier: Apache-2.0
#include "atelier/palette/recolour.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <numeric>

#include "base/error_matcher.hpp"
#include "palette/pictures.hpp"
#include "palette/transport.hpp"

namespace atelier::palette {
namespace {

using testing::HasSubstr;
using namespace test;

/// A sky: blue above to nearly white below, smooth, and brown earth.
image::Image landscape() {
  image::Image picture = flat({64, 128}, {0.35, 0.25, 0.15});
  for (int y = 0; y < 96; ++y) {
    const double t = y / 95.0;
    put(picture, 0, y, {64, 1}, {std::lerp(0.2, 0.9, t), std::lerp(0.45, 0.92, t), 0.95});
  }
  return picture;
}

Palette warm() {
  return {"",
          {{{0.9, 0.6, 0.2}, "", 0.5, {}},
           {{0.5, 0.1, 0.1}, "", 0.3, {}},
           {{0.98, 0.95, 0.85}, "", 0.2, {}}}};
}

TEST(Recolour, SharesOfThePaletteArrive) {
  const Counted from = counted(landscape());
  EXPECT_NEAR(std::accumulate(from.shares.begin(), from.shares.end(), 0.0), 1, 1e-12);
  std::vector<Point> to;
  for (const Colour& colour : warm().colours) {
    const image::Oklab lab = image::oklab_from_srgb(colour.rgb);
    to.push_back({lab.L, lab.a, lab.b});
  }
  const Transport transport(from, to, weights(warm()), false);
  const std::vector<double> arrived = transport.arrived(from);
  for (std::size_t j = 0; j < 3; ++j) EXPECT_NEAR(arrived[j], weights(warm())[j], 2e-3);
  EXPECT_LE(transport.steepness(from), 1.8);
}

TEST(Recolour, ASmoothSkyStaysSmooth) {
  const image::Image before = landscape();
  for (const bool keep : {false, true}) {
    const Recolouring recolouring(before, warm(), {.keep_lightness = keep});
    image::Image after = before;
    recolouring.apply(after.rgb);
    double largest = 0;
    for (int y = 1; y < 96; ++y) {
      const auto lab = [&](int row) {
        const float* rgb = &after.rgb[static_cast<std::size_t>(3 * 64 * row)];
        return image::oklab_from_srgb({rgb[0], rgb[1], rgb[2]});
      };
      const image::Oklab a = lab(y), b = lab(y - 1);
      largest = std::max(largest, std::hypot(a.L - b.L, a.a - b.a, a.b - b.b));
    }
    // The steps of the sky itself are about 0.0047.
    EXPECT_LT(largest, 0.015) << keep;
  }
}

TEST(Recolour, HuesComeFromThePalette) {
  image::Image picture = landscape();
  Recolouring(picture, warm()).apply(picture.rgb);
  for (std::size_t i = 0; i < picture.pixels(); i += 37) {
    const image::Oklab lab = image::oklab_from_srgb(
        {picture.rgb[3 * i], picture.rgb[3 * i + 1], picture.rgb[3 * i + 2]});
    if (chroma(lab) < 0.04) continue;
    EXPECT_TRUE(hue(lab) < 110 || hue(lab) > 350) << i << ' ' << hue(lab);
  }
}

TEST(Recolour, LightnessKeepsItsOrder) {
  const image::Image picture = landscape();
  const Palette upside_down{"", {{{0.1, 0.1, 0.4}, "", 0.7, {}}, {{0.9, 0.9, 0.5}, "", 0.3, {}}}};
  const Recolouring recolouring(picture, upside_down, {.keep_lightness = true});
  double last = -1;
  for (int i = 0; i <= 100; ++i) {
    const double grey = i / 100.0;
    const double now = image::oklab_from_srgb(recolouring({grey, grey, grey})).L;
    EXPECT_GE(now, last - 1e-6) << i;
    last = now;
  }
}

TEST(Recolour, StrengthGoesPartOfTheWay) {
  const image::Image picture = landscape();
  const image::Rgb rgb{0.4, 0.6, 0.95};
  EXPECT_EQ(Recolouring(picture, warm(), {.strength = 0})(rgb), rgb);
  image::Image same = picture;
  Recolouring(picture, warm(), {.strength = 0}).apply(same.rgb);
  EXPECT_EQ(same.rgb, picture.rgb);
  const image::Oklab from = image::oklab_from_srgb(rgb),
                     whole = image::oklab_from_srgb(Recolouring(picture, warm())(rgb)),
                     half = image::oklab_from_srgb(
                         Recolouring(picture, warm(), {.strength = 0.5})(rgb));
  EXPECT_NEAR(half.L, (from.L + whole.L) / 2, 1e-6);
  EXPECT_NEAR(half.b, (from.b + whole.b) / 2, 1e-6);
}

TEST(Recolour, TheTableAnswersAsTheFormula) {
  const Recolouring recolouring(landscape(), warm());
  double sum = 0, worst = 0;
  int count = 0;
  for (int r = 0; r <= 255; r += 15) {
    for (int g = 0; g <= 255; g += 17) {
      for (int b = 0; b <= 255; b += 17) {
        const image::Rgb rgb{r / 255.0, g / 255.0, b / 255.0};
        const image::Rgb exact = recolouring(rgb);
        std::vector<float> read{static_cast<float>(rgb[0]), static_cast<float>(rgb[1]),
                                static_cast<float>(rgb[2])};
        recolouring.apply(read);
        for (std::size_t c = 0; c < 3; ++c) {
          const double off = 255 * std::abs(read[c] - exact[c]);
          sum += off;
          worst = std::max(worst, off);
          ++count;
        }
      }
    }
  }
  EXPECT_LT(sum / count, 0.25);
  EXPECT_LT(worst, 24);
}

TEST(Recolour, ItsOwnColourAloneAndNothingCovered) {
  const image::Image red = flat({8, 8}, {0.8, 0.1, 0.1});
  const Recolouring recolouring(red, {"", {{{0.2, 0.2, 0.8}, "", {}, {}}}});
  const image::Rgb blue = recolouring({0.8, 0.1, 0.1});
  EXPECT_EQ(hex(blue), hex({0.2, 0.2, 0.8}));
  image::Image hidden = red;
  hidden.alpha.assign(hidden.pixels(), 0.0F);
  EXPECT_EQ(Recolouring(hidden, warm())({0.8, 0.1, 0.1}), (image::Rgb{0.8, 0.1, 0.1}));
}

TEST(Recolour, Refusals) {
  const image::Image red = flat({8, 8}, {0.8, 0.1, 0.1});
  EXPECT_ERROR(Recolouring(red, {}), invalid_argument, HasSubstr("no colour"));
  EXPECT_ERROR(Recolouring(red, warm(), {.strength = 1.5}), invalid_argument, HasSubstr("0..1"));
}

}  // namespace
}  // namespace atelier::palette
