// SPDX-License-Identifier: Apache-2.0
#include "atelier/image/image.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "atelier/base/error.hpp"

namespace atelier::image {
namespace {

TEST(FitLongEdge, KnownAnswers) {
  EXPECT_EQ(fit_long_edge({4000, 3000}, 1000), (Size{1000, 750}));
  EXPECT_EQ(fit_long_edge({3000, 4000}, 1000), (Size{750, 1000}));
  EXPECT_EQ(fit_long_edge({10, 10}, 7), (Size{7, 7}));
  EXPECT_EQ(fit_long_edge({100, 1}, 20), (Size{20, 1})) << "no edge vanishes";
  EXPECT_EQ(fit_long_edge({2, 1}, 65536), (Size{65536, 32768}));
}

TEST(FitLongEdge, KeepsTheRatioWithinAPixelOfRounding) {
  for (int width = 1; width <= 400; width += 7) {
    for (int height = 1; height <= 400; height += 11) {
      for (const int edge : {1, 16, 255, 512, 4096}) {
        const Size size = fit_long_edge({width, height}, edge);
        EXPECT_EQ(std::max(size.width, size.height), edge);
        const double scale = static_cast<double>(edge) / std::max(width, height);
        EXPECT_LE(std::abs(size.width - width * scale), 1.0);
        EXPECT_LE(std::abs(size.height - height * scale), 1.0);
        EXPECT_GE(std::min(size.width, size.height), 1);
      }
    }
  }
}

TEST(FitLongEdge, RefusesWhatIsNoSize) {
  EXPECT_THROW((void)fit_long_edge({0, 3}, 10), Error);
  EXPECT_THROW((void)fit_long_edge({3, -1}, 10), Error);
  EXPECT_THROW((void)fit_long_edge({3, 3}, 0), Error);
}

}  // namespace
}  // namespace atelier::image
