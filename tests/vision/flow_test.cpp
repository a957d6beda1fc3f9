// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/flow.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/core/utility.hpp>

#include "../moving_camera.hpp"
#include "atelier/base/error.hpp"

namespace atelier::vision {
namespace {

using atelier::testing::Camera;
using atelier::testing::frame_of;
using atelier::testing::texture;
using atelier::testing::true_flow;

constexpr image::Size size{192, 144};

/// Mean distance between found and true flow where both frames show the place, 12 px inside, px.
double endpoint_error(const FlowField& flow, const Camera& here, const Camera& there) {
  constexpr int border = 12;
  double sum = 0, count = 0;
  for (int y = border; y < flow.height - border; ++y) {
    for (int x = border; x < flow.width - border; ++x) {
      const auto [dx, dy] =
          true_flow(here, there, {static_cast<double>(x), static_cast<double>(y)}, size);
      const double tx = x + dx, ty = y + dy;
      if (tx < border || ty < border || tx > size.width - border || ty > size.height - border)
        continue;
      sum += std::hypot(static_cast<double>(flow.dx(x, y)) - dx,
                        static_cast<double>(flow.dy(x, y)) - dy);
      ++count;
    }
  }
  return sum / count;
}

TEST(Flow, OfKnownCamerasIsTheirs) {
  const Camera start{400, 300};
  struct Case {
    const char* name;
    Camera moved;
    double limit;
  };
  for (const auto& [name, moved, limit] :
       {Case{"still", start, 0.01}, Case{"slow", {400.4, 299.8}, 0.05},
        Case{"pan", {403.3, 297.4}, 0.1}, Case{"fast pan", {414, 309}, 0.15},
        Case{"zoom", {400, 300, 1.04}, 0.1}, Case{"turn", {400, 300, 1, 0.035}, 0.1},
        Case{"all", {402.5, 301.7, 1.02, -0.02}, 0.1}}) {
    const Motion motion =
        motion_between(frame_of(texture, start, size), frame_of(texture, moved, size));
    const double back = endpoint_error(motion.back, moved, start),
                 forth = endpoint_error(motion.forth, start, moved);
    RecordProperty(name, fmt::format("{:.3f} {:.3f}", back, forth));
    EXPECT_LT(back, limit) << name;
    EXPECT_LT(forth, limit) << name;
  }
}

TEST(Flow, DoesNotDependOnThreads) {
  const image::Image last = frame_of(texture, {400, 300}, size),
                     now = frame_of(texture, {403.3, 297.4, 1.01, 0.01}, size);
  const Motion first = motion_between(last, now);
  for (const int threads : {4, 1, 2}) {
    cv::setNumThreads(threads);
    const Motion again = motion_between(last, now);
    EXPECT_EQ(again.back.xy, first.back.xy);
    EXPECT_EQ(again.forth.xy, first.forth.xy);
  }
}

TEST(Flow, OfSmallAndPlainPicturesIsANumber) {
  const auto plain = [](double, double, int) { return 0.4; };
  for (const image::Size small : {image::Size{16, 16}, {16, 200}, {47, 49}, {300, 17}}) {
    const Motion textured =
        motion_between(frame_of(texture, {50, 50}, small), frame_of(texture, {50.5, 50}, small));
    const Motion empty = motion_between(frame_of(plain, {}, small), frame_of(plain, {}, small));
    EXPECT_EQ(textured.back.width, small.width);
    EXPECT_EQ(textured.back.height, small.height);
    ASSERT_EQ(textured.back.xy.size(), static_cast<std::size_t>(small.width * small.height) * 2);
    for (const float v : textured.back.xy) EXPECT_TRUE(std::isfinite(v));
    for (const float v : empty.back.xy) EXPECT_NEAR(v, 0, 1e-3);
  }
}

TEST(Flow, RefusesWhatDoesNotFit) {
  EXPECT_THROW(
      (void)motion_between(frame_of(texture, {}, {32, 20}), frame_of(texture, {}, {32, 21})),
      Error);
  EXPECT_THROW(
      (void)motion_between(frame_of(texture, {}, {32, 15}), frame_of(texture, {}, {32, 15})),
      Error);
}

}  // namespace
}  // namespace atelier::vision
