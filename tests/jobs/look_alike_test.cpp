// SPDX-License-Identifier: Apache-2.0
#include "jobs/look_alike.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "atelier/image/file.hpp"

namespace atelier::jobs {
namespace {

image::Image waves(int width, int height, double turn) {
  image::Image picture{width, height, {}, {}};
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const double u = 7.0 * x / width, v = 5.0 * y / height;
      for (int c = 0; c < 3; ++c) {
        picture.rgb.push_back(static_cast<float>(0.5 + 0.4 * std::sin(turn * u + v / turn + c)));
      }
    }
  }
  return picture;
}

TEST(LookAlike, KnowsTheSameWorkAtAnotherSizeAndBrightness) {
  LookAlike known;
  known.add(waves(120, 90, 1));
  image::Image other = image::resize(waves(120, 90, 1), {64, 48});
  for (float& v : other.rgb) v = 0.1F + 0.7F * v;
  EXPECT_TRUE(known.knows(other));
}

TEST(LookAlike, KnowsCropsOnlyWhereLessLikenessIsEnough) {
  const image::Image whole = waves(128, 96, 1), part = waves(128, 96, 1.08);
  LookAlike loose(0.9F), strict(0.98F);
  loose.add(whole);
  strict.add(whole);
  EXPECT_TRUE(loose.knows(part));
  EXPECT_FALSE(strict.knows(part));
  EXPECT_TRUE(strict.knows(image::resize(whole, {64, 48})));
}

TEST(LookAlike, TellsOtherPicturesApart) {
  LookAlike known;
  EXPECT_FALSE(known.knows(waves(64, 48, 1)));
  known.add(waves(64, 48, 1));
  EXPECT_FALSE(known.knows(waves(64, 48, 2)));
  image::Image flat = waves(64, 48, 1);
  std::fill(flat.rgb.begin(), flat.rgb.end(), 0.5F);
  EXPECT_FALSE(known.knows(flat));
}

}  // namespace
}  // namespace atelier::jobs
