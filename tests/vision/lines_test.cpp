// SPDX-License-Identifier: Apache-2.0
#include "atelier/vision/lines.hpp"

#include <gtest/gtest.h>
#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "atelier/image/file.hpp"

namespace atelier::vision {
namespace {

/// Dark below a line through the middle that rises by `degrees` to the right.
image::Image half(image::Size size, double degrees) {
  image::Image picture{size.width, size.height, {}, {}};
  const double angle = degrees * std::numbers::pi / 180;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const double below = (y + 0.5 - size.height / 2.0) * std::cos(angle) +
                           (x + 0.5 - size.width / 2.0) * std::sin(angle);
      const auto value = static_cast<float>(0.8 - 0.5 * std::clamp(below + 0.5, 0.0, 1.0));
      picture.rgb.insert(picture.rgb.end(), 3, value);
    }
  }
  return picture;
}

double angle_of(const LineSegment& line) {
  return -std::atan((line.y1 - line.y0) / (line.x1 - line.x0)) * 180 / std::numbers::pi;
}

TEST(Lines, TheLongestIsTheOneThatWasDrawn) {
  for (const image::Size size : {image::Size{300, 200}, {1024, 700}, {2400, 1800}}) {
    // Of a picture that is one perfect edge and nothing else, OpenCV 4.6 misses some angles.
    for (const double degrees : {-3.0, 1.5}) {
      const auto lines = find_lines(half(size, degrees));
      ASSERT_FALSE(lines.empty()) << size.width << " px, " << degrees << " degrees";
      const LineSegment& line = lines.front();
      EXPECT_NEAR(angle_of(line), degrees, 0.3) << size.width;
      EXPECT_GT(std::hypot(line.x1 - line.x0, line.y1 - line.y0), 0.9 * size.width);
      const double middle =
          line.y0 + (size.width / 2.0 - line.x0) * (line.y1 - line.y0) / (line.x1 - line.x0);
      EXPECT_NEAR(middle, size.height / 2.0, std::max(1.0, size.width / 900.0));
      EXPECT_GT(line.surprise, 10);
    }
  }
}

TEST(Lines, ThereAreNoneWhereThereIsNothing) {
  image::Image flat{200, 100, {}, {}};
  flat.rgb.assign(flat.pixels() * 3, 0.4F);
  EXPECT_TRUE(find_lines(flat).empty());
  for (const image::Size size : {image::Size{1, 1}, {1, 4000}, {7, 300}, {9000, 20}}) {
    image::Image small{size.width, size.height, {}, {}};
    small.rgb.assign(small.pixels() * 3, 0.4F);
    EXPECT_TRUE(find_lines(small).empty());
  }
}

TEST(Lines, AreTheSameForEveryNumberOfThreads) {
  const image::Image picture =
      image::load(std::string(ATELIER_SOURCE_DIR) + "/examples/coffee.png");
  const int threads = cv::getNumThreads();
  const auto one = find_lines(picture);
  cv::setNumThreads(4);
  const auto four = find_lines(picture);
  cv::setNumThreads(threads);
  ASSERT_EQ(one.size(), four.size());
  ASSERT_GT(one.size(), 20U);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].x0, four[i].x0);
    EXPECT_EQ(one[i].y1, four[i].y1);
  }
}

}  // namespace
}  // namespace atelier::vision
