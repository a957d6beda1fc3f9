// SPDX-License-Identifier: Apache-2.0
#include "fast/style_statistics.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include <cmath>
#include <utility>
#include <vector>

namespace atelier::fast {
namespace {

std::map<std::string, style::Moments> moments(double scale) {
  std::map<std::string, style::Moments> all;
  for (const StyleLayer& layer : style_layers()) {
    const auto c = layer.channels;
    style::Moments m;
    m.mean = at::full({c}, 3 * scale, at::kDouble);
    m.covariance = (at::eye(c, at::kDouble) + at::ones({c, c}, at::kDouble)) * (8 * scale * scale);
    m.positions = 10;
    all[layer.name] = m;
  }
  return all;
}

TEST(StyleStatistics, AreRelativeToEachLayersEnergy) {
  const StyleStatistics one = style_statistics(moments(1), {}),
                        ten = style_statistics(moments(10), {});
  ASSERT_EQ(one.levels.numel(), level_count());
  // e = sqrt(16 + 9) = 5, mean / e = 0.6, deviation / e = 0.8.
  EXPECT_NEAR(one.levels[0].item<double>(), std::log(0.62), 1e-5);
  EXPECT_NEAR(one.levels[64].item<double>(), std::log(0.82), 1e-5);
  EXPECT_NEAR(one.levels[128].item<double>(), std::log(5.0), 1e-5);
  EXPECT_NEAR(ten.levels[0].item<double>(), std::log(0.62), 1e-5);
  EXPECT_NEAR(ten.levels[128].item<double>(), std::log(50.0), 1e-5);
  EXPECT_NEAR(one.correlations.at("relu3_1")[3][3].item<double>(), 1, 1e-6);
  EXPECT_NEAR(one.correlations.at("relu3_1")[3][4].item<double>(), 0.5, 1e-6);
}

TEST(StyleStatistics, LookAtAllOfASmallPaintingAndAtPartsOfALargeOne) {
  const at::Tensor small = at::zeros({1, 3, 1000, 1050});
  ASSERT_EQ(studied_parts(small).size(), 1U);
  EXPECT_TRUE(studied_parts(small).front().is_same(small));
  for (const auto& [height, width] : std::vector<std::pair<int, int>>{{1530, 1920},
                                                                      {1920, 1530},
                                                                      {3000, 3000},
                                                                      {600, 2048},
                                                                      {1790, 590},
                                                                      {590, 1790},
                                                                      {200, 6000},
                                                                      {20000, 100}}) {
    const at::Tensor large = at::zeros({1, 1, height, width});
    const std::vector<at::Tensor> parts = studied_parts(large);
    EXPECT_GT(parts.size(), 3U);
    for (const at::Tensor& part : parts) part.add_(1);
    EXPECT_LE(large.sum().item<double>(), most_studied_pixels);
    EXPECT_GE(large.sum().item<double>(), 0.45 * most_studied_pixels) << width << " x " << height;
    EXPECT_EQ(large.max().item<double>(), 1) << "parts overlap";
    for (int y : {0, 1}) {  // each quarter is looked at
      for (int x : {0, 1}) {
        const at::Tensor quarter =
            large.narrow(2, y * (height / 2), height / 2).narrow(3, x * (width / 2), width / 2);
        EXPECT_GT(quarter.sum().item<double>(), 0);
      }
    }
  }
}

TEST(StyleStatistics, OfNothingAreFinite) {
  const StyleStatistics none = style_statistics(moments(0), {});
  EXPECT_TRUE(at::isfinite(none.levels).all().item<bool>());
  EXPECT_EQ(none.correlations.at("relu1_1").abs().sum().item<double>(), 0);
}

}  // namespace
}  // namespace atelier::fast
