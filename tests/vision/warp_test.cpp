// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/warp.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "../moving_camera.hpp"
#include "atelier/base/error.hpp"
#include "flows.hpp"

namespace atelier::vision {
namespace {

using testing_flows::interior_error;
using testing_flows::uniform;

constexpr auto both = {Interpolation::bilinear, Interpolation::bicubic};

TEST(Warp, ByNothingChangesNothing) {
  const image::Image picture = atelier::testing::frame_of(atelier::testing::texture, {}, {23, 17});
  for (const auto way : both) {
    EXPECT_EQ(warped(picture, uniform(picture, 0, 0), way).rgb, picture.rgb);
  }
}

TEST(Warp, ByWholePixelsMovesThem) {
  const image::Image picture = atelier::testing::frame_of(atelier::testing::texture, {}, {23, 17});
  for (const auto way : both) {
    const image::Image moved = warped(picture, uniform(picture, 3, -2), way);
    for (int y = 2; y < 17; ++y) {
      for (int x = 0; x < 20; ++x) {
        for (int c = 0; c < 3; ++c) {
          EXPECT_EQ(moved.rgb[static_cast<std::size_t>((y * 23 + x) * 3 + c)],
                    picture.rgb[static_cast<std::size_t>(((y - 2) * 23 + x + 3) * 3 + c)]);
        }
      }
    }
  }
}

/// A ramp is a ramp between its pixels, by either kernel.
TEST(Warp, BetweenPixelsOfARampIsTheRamp) {
  const auto ramp = [](double x, double y, int) { return 0.02 * x + 0.01 * y + 0.2; };
  const image::Image picture = atelier::testing::frame_of(ramp, {9.5, 7.5}, {20, 16});
  for (const auto way : both) {
    const image::Image moved = warped(picture, uniform(picture, 0.3F, 0.7F), way);
    const image::Image want = atelier::testing::frame_of(ramp, {9.8, 8.2}, {20, 16});
    EXPECT_LT(interior_error(moved, want, 3), 1e-6);
  }
}

TEST(Warp, BeyondTheBorderTheLastPixelGoesOn) {
  const image::Image picture = atelier::testing::frame_of(atelier::testing::texture, {}, {12, 10});
  for (const auto way : both) {
    const image::Image moved = warped(picture, uniform(picture, -1e9F, 1e9F), way);
    const std::size_t corner = static_cast<std::size_t>(9 * 12 * 3);
    for (std::size_t i = 0; i < moved.rgb.size(); ++i) {
      EXPECT_FLOAT_EQ(moved.rgb[i], picture.rgb[corner + i % 3]);
    }
  }
}

/// There and back again by half pixels, 16 times: the bicubic kernel keeps more of the drawing.
TEST(Warp, BicubicKeepsFineDrawingOverManyFrames) {
  const image::Image picture = atelier::testing::frame_of(atelier::testing::texture, {}, {64, 64});
  double error[2] = {};
  for (const auto way : both) {
    image::Image moved = picture;
    for (int i = 0; i < 16; ++i) {
      moved = warped(moved, uniform(moved, i % 2 ? -0.5F : 0.5F, 0), way);
    }
    error[way == Interpolation::bicubic] = interior_error(moved, picture, 20);
  }
  EXPECT_LT(error[1], 0.3 * error[0]);
}

TEST(Warp, RefusesAFlowOfAnotherSize) {
  const image::Image picture = atelier::testing::frame_of(atelier::testing::texture, {}, {12, 10});
  EXPECT_THROW(
      (void)warped(
          picture,
          uniform(atelier::testing::frame_of(atelier::testing::texture, {}, {10, 12}), 0, 0)),
      Error);
}

}  // namespace
}  // namespace atelier::vision
