// SPDX-License-Identifier: Apache-2.0
#include "appraise/figures.hpp"

#include <ATen/ATen.h>
#include <gmock/gmock.h>

namespace atelier::appraise {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;

TEST(Figures, OfAConfusionMatrix) {
  const at::Tensor classes = at::tensor(std::vector<std::int64_t>{0, 0, 0, 1, 1, 2});
  const at::Tensor called = at::tensor(std::vector<std::int64_t>{0, 0, 1, 1, 0, 1});
  const at::Tensor matrix = confusion(classes, called, 4);
  EXPECT_EQ(matrix[0][1].item<int>(), 1);
  EXPECT_EQ(matrix[2][1].item<int>(), 1);
  EXPECT_EQ(matrix.sum().item<int>(), 6);
  EXPECT_DOUBLE_EQ(accuracy_of(matrix), 0.5);
  // 2 * 2 / (3 + 3), 2 * 1 / (2 + 3), none right, none there.
  EXPECT_THAT(f1_of(matrix), ElementsAre(DoubleNear(4.0 / 6, 1e-12), DoubleNear(0.4, 1e-12), 0, 0));
}

TEST(Figures, RankCorrelation) {
  const std::vector<double> a{1, 2, 3, 4}, same{10, 100, 1000, 9999}, turned{4, 3, 2, 1},
      flat{5, 5, 5, 5}, tied{1, 1, 2, 2};
  EXPECT_DOUBLE_EQ(rank_correlation(a, same), 1);
  EXPECT_DOUBLE_EQ(rank_correlation(a, turned), -1);
  EXPECT_EQ(rank_correlation(a, flat), 0);
  // Ranks 0.5 0.5 2.5 2.5 against 0 1 2 3: 4 / sqrt(4 * 5).
  EXPECT_NEAR(rank_correlation(a, tied), 4 / std::sqrt(20.0), 1e-12);
}

TEST(Figures, IntervalsHoldTheFigureAndNarrowWithGroups) {
  std::vector<double> a, b;
  std::vector<std::size_t> alone, together;
  for (std::size_t i = 0; i < 200; ++i) {
    a.push_back(static_cast<double>(i));
    b.push_back(static_cast<double>(i) + 25 * static_cast<double>(i / 20 * 7 % 10));
    alone.push_back(i);
    together.push_back(i / 20);
  }
  const double figure = rank_correlation(a, b);
  const Interval narrow = rank_correlation_interval(a, b, alone, 500, 1),
                 wide = rank_correlation_interval(a, b, together, 500, 1);
  EXPECT_LT(narrow.low, figure);
  EXPECT_GT(narrow.high, figure);
  EXPECT_GT(wide.high - wide.low, narrow.high - narrow.low);
}

TEST(Figures, AreaUnderTheCurve) {
  const std::vector<double> low{1, 2, 3}, high{4, 5}, mixed{2, 4};
  EXPECT_DOUBLE_EQ(area_under_curve(low, high), 1);
  EXPECT_DOUBLE_EQ(area_under_curve(high, low), 0);
  EXPECT_DOUBLE_EQ(area_under_curve(low, mixed), (1.5 + 3) / 6);
}

}  // namespace
}  // namespace atelier::appraise
