// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/turn.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "atelier/image/file.hpp"
#include "pictures.hpp"

namespace atelier::image {
namespace {

using testing::HasSubstr;

Image whole(const Image& picture, double degrees) {
  return Turn(picture, degrees).part({0, 0, picture.width, picture.height});
}

/// Slow waves, which any good filter keeps.
Image waves(Size size, bool alpha) {
  Image picture{size.width, size.height, {}, {}};
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      for (int c = 0; c < 3; ++c)
        picture.rgb.push_back(
            static_cast<float>(0.5 + 0.3 * std::sin(0.11 * x + c) * std::cos(0.13 * y - c)));
      if (alpha) picture.alpha.push_back(static_cast<float>(0.75 + 0.2 * std::sin(0.07 * (x + y))));
    }
  }
  return picture;
}

double furthest(const std::vector<float>& a, const std::vector<float>& b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    most = std::max(most, static_cast<double>(std::abs(a[i] - b[i])));
  return most;
}

TEST(Turn, ByNothingChangesNothing) {
  const Image picture = pattern({37, 23}, 8, true);
  const Image same = whole(picture, 0);
  EXPECT_LT(furthest(same.alpha, picture.alpha), 1e-6);
  for (std::size_t i = 0; i < picture.rgb.size(); ++i) {
    // What is not covered has no colour.
    const float expected = picture.alpha[i / 3] > 0 ? picture.rgb[i] : 0;
    EXPECT_NEAR(same.rgb[i], expected, 1e-5) << i;
  }
  EXPECT_EQ(same.bits, picture.bits);
}

TEST(Turn, ByAQuarterMovesEveryPixel) {
  const Image picture = waves({40, 40}, false);
  const Image turned = whole(picture, 90);
  for (int y = 0; y < 40; ++y) {
    for (int x = 0; x < 40; ++x) {
      // Clockwise: what was at the left is now at the top.
      const auto from = 3 * (static_cast<std::size_t>(39 - x) * 40 + y),
                 to = 3 * (static_cast<std::size_t>(y) * 40 + x);
      EXPECT_NEAR(turned.rgb[to], picture.rgb[from], 1e-4);
    }
  }
}

TEST(Turn, FollowsTheFormula) {
  constexpr double degrees = 7.3, angle = degrees * std::numbers::pi / 180;
  for (const bool alpha : {false, true}) {
    const Image picture = waves({120, 90}, alpha);
    const Part part{30, 25, 60, 40};
    const Image turned = Turn(picture, degrees).part(part);
    ASSERT_EQ(turned.width, 60);
    ASSERT_EQ(turned.height, 40);
    for (int y = 0; y < 40; y += 3) {
      for (int x = 0; x < 60; x += 3) {
        const double u = x + part.left - 59.5, v = y + part.top - 44.5;
        const double sx = 59.5 + std::cos(angle) * u + std::sin(angle) * v,
                     sy = 44.5 - std::sin(angle) * u + std::cos(angle) * v;
        const double wave = 0.5 + 0.3 * std::sin(0.11 * sx) * std::cos(0.13 * sy);
        EXPECT_NEAR(turned.rgb[3 * (static_cast<std::size_t>(y) * 60 + x)], wave, 0.004);
        if (alpha)
          EXPECT_NEAR(turned.alpha[static_cast<std::size_t>(y) * 60 + x],
                      0.75 + 0.2 * std::sin(0.07 * (sx + sy)), 0.004);
      }
    }
  }
}

TEST(Turn, PartsAreTheWholesParts) {
  const Image picture = waves({70, 50}, true);
  const Turn turn(picture, -3.7);
  const Image all = turn.part({0, 0, 70, 50});
  for (const Part part : {Part{0, 0, 70, 7}, {11, 20, 30, 17}, {69, 49, 1, 1}}) {
    const Image piece = turn.part(part), expected = cut(all, part);
    EXPECT_LT(furthest(piece.rgb, expected.rgb), 1e-6);
    EXPECT_LT(furthest(piece.alpha, expected.alpha), 1e-6);
  }
}

TEST(Turn, ThereAndBackKeepsTheWaves) {
  const Image picture = waves({160, 120}, false);
  const Image back = whole(whole(picture, 4), -4);
  const Part inner{30, 30, 100, 60};
  EXPECT_LT(furthest(cut(back, inner).rgb, cut(picture, inner).rgb), 0.01);
}

TEST(Turn, PartsBeyondThePictureAreRefused) {
  const Image picture = waves({20, 10}, false);
  const Turn turn(picture, 3);
  for (const Part part : {Part{-1, 0, 5, 5}, {0, 0, 21, 5}, {0, 6, 5, 5}, {0, 0, 0, 5}}) {
    const Refusal one = refusal([&] { static_cast<void>(turn.part(part)); }),
                  other = refusal([&] { static_cast<void>(cut(picture, part)); });
    EXPECT_EQ(one.kind, ErrorKind::invalid_argument);
    EXPECT_THAT(one.message, HasSubstr("20 x 10"));
    EXPECT_EQ(other.message, one.message);
  }
}

}  // namespace
}  // namespace atelier::image
