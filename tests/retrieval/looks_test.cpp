// SPDX-License-Identifier: Apache-2.0
#include "atelier/retrieval/looks.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "atelier/image/oklab.hpp"

namespace atelier::retrieval {
namespace {

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  const auto dot = [](const auto& x, const auto& y) {
    return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
  };
  return dot(a, b) / std::sqrt(dot(a, a) * dot(b, b));
}

/// Left of one colour, right of another.
image::Image halves(int width, int height, image::Rgb left, image::Rgb right) {
  image::Image picture{width, height, {}, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      for (const double v : 2 * x < width ? left : right) {
        picture.rgb.push_back(static_cast<float>(v));
      }
    }
  }
  return picture;
}

constexpr image::Rgb red{0.8, 0.1, 0.1}, blue{0.1, 0.2, 0.8}, pink{0.85, 0.2, 0.2};

TEST(PaletteLooks, AreOfColoursWhereverTheyAre) {
  const auto look = palette_look(halves(96, 64, red, blue));
  EXPECT_GT(cosine(look, palette_look(halves(64, 96, blue, red))), 0.99);
  const double near = cosine(look, palette_look(halves(96, 64, pink, blue)));
  const double half = cosine(look, palette_look(halves(96, 64, red, red)));
  const double far = cosine(look, palette_look(halves(96, 64, {0.1, 0.8, 0.1}, {1, 1, 1})));
  EXPECT_GT(near, half);
  EXPECT_GT(half, far);
  EXPECT_LT(far, 0.1);
}

TEST(PaletteLooks, DoNotCountWhatIsTransparent) {
  image::Image picture = halves(96, 64, red, blue);
  for (int p = 0; p < 96 * 64; ++p) picture.alpha.push_back(p % 96 < 48 ? 1.0F : 0.0F);
  EXPECT_GT(cosine(palette_look(picture), palette_look(halves(96, 64, red, red))), 0.98);
}

TEST(CompositionLooks, AreOfPlacesWhateverTheColours) {
  const auto look = composition_look(halves(96, 64, {0.1, 0.1, 0.1}, {0.9, 0.9, 0.9}));
  EXPECT_GT(cosine(look, composition_look(halves(300, 200, {0, 0, 0.4}, {0.9, 0.9, 0.5}))), 0.95);
  const auto turned = composition_look(halves(96, 64, {0.9, 0.9, 0.9}, {0.1, 0.1, 0.1}));
  EXPECT_LT(cosine(look, turned), 0.2);
  image::Image lying = halves(64, 64, {0, 0, 0}, {1, 1, 1});
  image::Image standing = lying;
  for (int y = 0; y < 64; ++y) {
    for (int x = 0; x < 64; ++x) {
      for (int c = 0; c < 3; ++c) {
        standing.rgb[static_cast<std::size_t>(3 * (y * 64 + x) + c)] = y < 32 ? 0.0F : 1.0F;
      }
    }
  }
  EXPECT_LT(cosine(composition_look(lying), composition_look(standing)), 0.3);
}

TEST(CompositionLooks, OfABlankPictureHaveADirection) {
  const auto look = composition_look(halves(64, 64, red, red));
  EXPECT_GT(std::inner_product(look.begin(), look.end(), look.begin(), 0.0), 0);
  EXPECT_GT(cosine(look, composition_look(halves(64, 64, blue, blue))), 0.999);
}

}  // namespace
}  // namespace atelier::retrieval
