// SPDX-License-Identifier: Apache-2.0
#include "assist/minimum_barrier.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "atelier/base/random.hpp"

namespace atelier::assist {
namespace {

/// The exact least barrier to one pixel, by trying every range of values whose pixels join it to
/// the border.
double exact(const Plane& plane, int x, int y) {
  std::vector<double> values = plane.values;
  std::sort(values.begin(), values.end());
  double best = 1e9;
  for (const double low : values) {
    for (const double high : values) {
      if (high < low || high - low >= best) continue;
      std::vector<std::size_t> open{plane.index(x, y)};
      std::vector<bool> seen(plane.values.size());
      bool out = false;
      while (!open.empty() && !out) {
        const std::size_t at = open.back();
        open.pop_back();
        if (seen[at] || plane.values[at] < low || plane.values[at] > high) continue;
        seen[at] = true;
        const int u = static_cast<int>(at) % plane.width, v = static_cast<int>(at) / plane.width;
        out = u == 0 || v == 0 || u == plane.width - 1 || v == plane.height - 1;
        if (out) break;
        for (const auto& [du, dv] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}})
          open.push_back(plane.index(u + du, v + dv));
      }
      if (out) best = high - low;
    }
  }
  return best;
}

TEST(MinimumBarrier, IsTheStepToAPlateau) {
  Plane plane(20, 15, 0.25);
  for (int y = 5; y < 9; ++y) {
    for (int x = 6; x < 12; ++x) plane.at(x, y) = 0.75;
  }
  const Plane barrier = minimum_barrier(plane);
  for (int y = 0; y < 15; ++y) {
    for (int x = 0; x < 20; ++x)
      EXPECT_EQ(barrier.at(x, y), x >= 6 && x < 12 && y >= 5 && y < 9 ? 0.5 : 0) << x << ' ' << y;
  }
}

TEST(MinimumBarrier, ScansComeNearTheExactOne) {
  RandomStream random(3, "planes");
  double error = 0;
  int count = 0;
  for (int round = 0; round < 6; ++round) {
    Plane plane(9, 8);
    for (double& value : plane.values) value = std::round(8 * random.uniform()) / 8;
    const Plane scanned = minimum_barrier(plane);
    for (int y = 0; y < plane.height; ++y) {
      for (int x = 0; x < plane.width; ++x) {
        const double truth = exact(plane, x, y);
        EXPECT_GE(scanned.at(x, y), truth - 1e-12);
        error += scanned.at(x, y) - truth;
        ++count;
      }
    }
  }
  EXPECT_LT(error / count, 0.03);
}

TEST(MinimumBarrier, ThinPicturesAreAllBorder) {
  const Plane barrier = minimum_barrier(Plane(1, 40, 0.5));
  EXPECT_EQ(*std::max_element(barrier.values.begin(), barrier.values.end()), 0);
  EXPECT_EQ(minimum_barrier(Plane(1, 1, 0.5)).values.front(), 0);
}

}  // namespace
}  // namespace atelier::assist
