// SPDX-License-Identifier: Apache-2.0
#include "image/resample.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/image/file.hpp"

namespace atelier::image {
namespace {

Image noise(Size size, bool alpha) {
  RandomStream random(1, "noise");
  Image image = blank(size, alpha, 8);
  for (float& value : image.rgb) value = static_cast<float>(random.uniform());
  for (float& value : image.alpha) value = static_cast<float>(random.uniform());
  return image;
}

const Size sizes[] = {{1, 1}, {2, 5}, {16, 16}, {37, 20}, {100, 73}, {301, 3}};

TEST(Resize, AConstantStaysExactlyItself) {
  for (const float value : {0.0F, 0.1F, 1.0F / 3, 0.7F, 254.0F / 255, 1.0F}) {
    for (const bool alpha : {false, true}) {
      for (const Size from : sizes) {
        Image image = blank(from, alpha, 8);
        std::fill(image.rgb.begin(), image.rgb.end(), value);
        std::fill(image.alpha.begin(), image.alpha.end(), 0.3F);
        for (const Size to : sizes) {
          const Image result = resize(image, to);
          ASSERT_EQ(result.rgb.size(), result.pixels() * 3);
          EXPECT_TRUE(std::all_of(result.rgb.begin(), result.rgb.end(),
                                  [=](float v) { return v == value; }))
              << value << " " << from.width << " -> " << to.width;
          EXPECT_TRUE(std::all_of(result.alpha.begin(), result.alpha.end(),
                                  [](float v) { return v == 0.3F; }));
          EXPECT_EQ(result.alpha.empty(), !alpha);
        }
      }
    }
  }
}

TEST(Resize, ToItsOwnSizeIsACopy) {
  const Image image = noise({31, 17}, true);
  const Image result = resize(image, {31, 17});
  EXPECT_EQ(result.rgb, image.rgb);
  EXPECT_EQ(result.alpha, image.alpha);
}

/// The definition, pixel by pixel in two dimensions.
double slow(const Image& image, Size to, int x, int y, int channel) {
  const auto kernel = [](double t) {
    const double a = std::numbers::pi * t;
    return t == 0 ? 1.0 : std::abs(t) >= 3 ? 0.0 : 3 * std::sin(a) * std::sin(a / 3) / (a * a);
  };
  const double step_x = static_cast<double>(image.width) / to.width;
  const double step_y = static_cast<double>(image.height) / to.height;
  double sum = 0;
  double weights = 0;
  for (int j = 0; j < image.height; ++j) {
    for (int i = 0; i < image.width; ++i) {
      const double weight = kernel((i + 0.5 - (x + 0.5) * step_x) / std::max(1.0, step_x)) *
                            kernel((j + 0.5 - (y + 0.5) * step_y) / std::max(1.0, step_y));
      sum += weight * image.rgb[(static_cast<std::size_t>(j) * image.width + i) * 3 + channel];
      weights += weight;
    }
  }
  return std::clamp(sum / weights, 0.0, 1.0);
}

TEST(Resize, AgreesWithTheDefinition) {
  const Image image = noise({23, 14}, false);
  for (const Size to : {Size{7, 5}, Size{23, 6}, Size{40, 30}, Size{11, 50}}) {
    const Image result = resize(image, to);
    for (int y = 0; y < to.height; ++y) {
      for (int x = 0; x < to.width; ++x) {
        for (int c = 0; c < 3; ++c) {
          EXPECT_NEAR(result.rgb[(static_cast<std::size_t>(y) * to.width + x) * 3 + c],
                      slow(image, to, x, y, c), 1e-6);
        }
      }
    }
  }
}

TEST(Resize, HiddenColoursDoNotBleed) {
  Image image = blank({40, 20}, true, 8);  // left half opaque red, right half transparent green
  for (int y = 0; y < 20; ++y) {
    for (int x = 0; x < 40; ++x) {
      const std::size_t i = static_cast<std::size_t>(y) * 40 + x;
      image.rgb[i * 3 + (x < 20 ? 0 : 1)] = 1;
      image.alpha[i] = x < 20 ? 1 : 0;
    }
  }
  for (const Size to : {Size{13, 7}, Size{90, 45}}) {
    const Image result = resize(image, to);
    for (std::size_t i = 0; i < result.pixels(); ++i) {
      EXPECT_EQ(result.rgb[i * 3 + 1], 0.0F);
      if (result.alpha[i] > 1e-3F) {
        EXPECT_NEAR(result.rgb[i * 3], 1.0F, 1e-6);
      }
    }
  }
}

TEST(Resize, StaysInRangeWhereLanczosOvershoots) {
  Image image = blank({32, 32}, false, 8);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) image.rgb[i] = i / 3 % 32 < 16 ? 0.0F : 1.0F;
  for (const float value : resize(image, {90, 90}).rgb) {
    EXPECT_GE(value, 0.0F);
    EXPECT_LE(value, 1.0F);
  }
}

TEST(Resize, RefusesWhatIsNoSize) {
  EXPECT_THROW((void)resize(noise({4, 4}, false), {0, 4}), Error);
  EXPECT_THROW((void)resize(Image{}, {4, 4}), Error);
}

TEST(LanczosTaps, SumToOneAndStayInside) {
  for (const int from : {1, 2, 7, 100, 4096}) {
    for (const int to : {1, 3, 7, 99, 300}) {
      for (const Taps& taps : lanczos_taps(from, to)) {
        double sum = 0;
        for (const double weight : taps.weights) sum += weight;
        EXPECT_NEAR(sum, 1.0, 1e-12);
        EXPECT_GE(taps.first, 0);
        EXPECT_LE(taps.first + static_cast<int>(taps.weights.size()), from);
      }
    }
  }
}

}  // namespace
}  // namespace atelier::image
