// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/trust.hpp"

#include <gtest/gtest.h>

#include "../moving_camera.hpp"
#include "atelier/base/error.hpp"
#include "flows.hpp"

namespace atelier::vision {
namespace {

using atelier::testing::Camera;
using atelier::testing::frame_of;
using atelier::testing::texture;
using testing_flows::mean;

constexpr image::Size size{192, 144};

/// Both ways exactly, as arithmetic says: what is seen at p now was seen at p + back.
Motion exact(const Camera& last, const Camera& now) {
  Motion motion;
  motion.back = {size.width, size.height, {}};
  motion.forth = motion.back;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const Camera::Point p{static_cast<double>(x), static_cast<double>(y)};
      const auto b = true_flow(now, last, p, size), f = true_flow(last, now, p, size);
      motion.back.xy.insert(motion.back.xy.end(),
                            {static_cast<float>(b[0]), static_cast<float>(b[1])});
      motion.forth.xy.insert(motion.forth.xy.end(),
                             {static_cast<float>(f[0]), static_cast<float>(f[1])});
    }
  }
  return motion;
}

TEST(Trust, IsWholeWhereNothingMoves) {
  for (const float value : trusted(exact({}, {})).values) EXPECT_EQ(value, 1);
}

TEST(Trust, EndsWhereTheFlowLeadsOutOfThePicture) {
  const image::Mask mask = trusted(exact({100, 100}, {110, 100}));
  EXPECT_EQ(mean(mask, 0, 0, 180, 144), 1);
  EXPECT_EQ(mean(mask, 182, 0, 192, 144), 0);
}

/// A zoom of 8 % a frame has a gradient above the paper's limit where it hardly moves: at its
/// centre. It is no edge.
TEST(Trust, AFastZoomOrTurnIsNoEdge) {
  for (const Camera& moved :
       {Camera{0, 0, 1.08}, Camera{0, 0, 1, 0.06}, Camera{1, 0, 0.95, 0.03}}) {
    EXPECT_EQ(mean(trusted(exact({}, moved)), 64, 48, 128, 96), 1);
  }
}

/// A square before a background at rest, moved 8 px to the right: 8 columns of the background come
/// into sight behind it.
TEST(Trust, AMovedSquareUncoversWhatWasBehind) {
  const auto scene = [](double left) {
    return [left](double x, double y, int c) {
      const bool square = x >= left && x < left + 48 && y >= 48 && y < 96;
      return square ? texture(x - left + 500, y + 900, c) : texture(x, y, c);
    };
  };
  const Camera camera{95.5, 71.5};
  const image::Image last = frame_of(scene(60), camera, size),
                     now = frame_of(scene(68), camera, size);
  const image::Mask mask = trusted(motion_between(last, now));
  EXPECT_LT(mean(mask, 60, 50, 68, 94), 0.15);   // uncovered
  EXPECT_GT(mean(mask, 74, 54, 110, 90), 0.95);  // the square's inside
  EXPECT_GT(mean(mask, 2, 2, 190, 38), 0.98);    // the background
  EXPECT_GT(mean(mask, 2, 106, 190, 142), 0.98);
  EXPECT_GT(mean(mask, 2, 2, 50, 142), 0.98);
}

TEST(Trust, HoldsForNearlyAllThatACameraKeepsInSight) {
  const Camera start{400, 300}, moved{402.5, 301.7, 1.02, -0.02};
  const image::Mask mask =
      trusted(motion_between(frame_of(texture, start, size), frame_of(texture, moved, size)));
  EXPECT_GT(mean(mask, 8, 8, 184, 136), 0.98);
}

TEST(Trust, RefusesFlowsOfTwoSizes) {
  Motion motion = exact({}, {});
  motion.forth = {3, 3, std::vector<float>(18)};
  EXPECT_THROW((void)trusted(motion), Error);
}

}  // namespace
}  // namespace atelier::vision
