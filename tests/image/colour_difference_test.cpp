// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/colour_difference.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::image {
namespace {

/// Pairs of the table in Sharma, Wu and Dalal 2005, among them those at which other programs fail:
/// hues across 0 degrees, and grey beside a colour.
TEST(Ciede2000, IsTheTableOfSharmaAndOthers) {
  struct Pair {
    CieLab x, y;
    double difference;
  };
  for (const auto& [x, y, difference] :
       {Pair{{50, 2.6772, -79.7751}, {50, 0, -82.7485}, 2.0425},
        {{50, 3.1571, -77.2803}, {50, 0, -82.7485}, 2.8615},
        {{50, 2.8361, -74.0200}, {50, 0, -82.7485}, 3.4412},
        {{50, -1.3802, -84.2814}, {50, 0, -82.7485}, 1.0000},
        {{50, -1.1848, -84.8006}, {50, 0, -82.7485}, 1.0000},
        {{50, 0, 0}, {50, -1, 2}, 2.3669},
        {{50, 2.4900, -0.0010}, {50, -2.4900, 0.0009}, 7.1792},
        {{50, -0.0010, 2.4900}, {50, 0.0009, -2.4900}, 4.8045},
        {{50, 2.5, 0}, {50, 0, -2.5}, 4.3065},
        {{50, 2.5, 0}, {73, 25, -18}, 27.1492},
        {{50, 2.5, 0}, {61, -5, 29}, 22.8977},
        {{50, 2.5, 0}, {56, -27, -3}, 31.9030},
        {{50, 2.5, 0}, {58, 24, 15}, 19.4535},
        {{50, 2.5, 0}, {50, 3.1736, 0.5854}, 1.0000},
        {{60.2574, -34.0099, 36.2677}, {60.4626, -34.1751, 39.4387}, 1.2644},
        {{63.0109, -31.0961, -5.8663}, {62.8187, -29.7946, -4.0864}, 1.2630},
        {{2.0776, 0.0795, -1.1350}, {0.9033, -0.0636, -0.5514}, 0.9082}}) {
    EXPECT_NEAR(ciede2000(x, y), difference, 5e-5);
    EXPECT_NEAR(ciede2000(y, x), difference, 5e-5);
    CieLab level = y;
    level.L = x.L;
    if (x.L == 50 && y.L == 50) {
      EXPECT_NEAR(ciede2000_chroma(x, level), difference, 5e-5);
    } else {
      EXPECT_LE(ciede2000_chroma(x, y), difference + 5e-5);
    }
  }
}

TEST(CieLab, KnownColours) {
  const CieLab white = cielab_from_srgb({1, 1, 1}), red = cielab_from_srgb({1, 0, 0});
  EXPECT_NEAR(white.L, 100, 1e-9);
  EXPECT_NEAR(white.a, 0, 1e-9);
  EXPECT_NEAR(white.b, 0, 1e-9);
  EXPECT_NEAR(red.L, 53.24, 0.01);
  EXPECT_NEAR(red.a, 80.09, 0.01);
  EXPECT_NEAR(red.b, 67.20, 0.01);
}

Image two_pixels(std::vector<float> rgb, std::vector<float> alpha = {}) {
  Image image;
  image.width = 2;
  image.height = 1;
  image.rgb = std::move(rgb);
  image.alpha = std::move(alpha);
  return image;
}

TEST(ChromaError, IsTheMeanOverWhatIsCovered) {
  const Image grey = two_pixels({0.5F, 0.5F, 0.5F, 0.5F, 0.5F, 0.5F});
  EXPECT_EQ(chroma_error(grey, grey).oklab, 0);
  EXPECT_EQ(chroma_error(grey, grey).ciede2000, 0);
  // Red's chroma is 0.257683; the other pixel differs in lightness alone.
  const std::vector<float> half_red{1, 0, 0, 0.2F, 0.2F, 0.2F};
  EXPECT_NEAR(chroma_error(grey, two_pixels(half_red)).oklab, 25.7683 / 2, 1e-3);
  EXPECT_NEAR(chroma_error(grey, two_pixels(half_red, {0.5F, 0})).oklab, 25.7683, 1e-3);
  EXPECT_EQ(chroma_error(grey, two_pixels(half_red, {0, 0})).oklab, 0);
  Image other = grey;
  other.width = 1;
  other.height = 2;
  EXPECT_THROW(static_cast<void>(chroma_error(grey, other)), Error);
}

}  // namespace
}  // namespace atelier::image
