// SPDX-License-Identifier: Apache-2.0
#include "appraise/hand.hpp"

#include <gmock/gmock.h>

#include "appraise/rows.hpp"
#include "atelier/base/error.hpp"

namespace atelier::appraise {
namespace {

/// Painters `each` of whose works share the first numbers and differ wildly in the last one.
at::Tensor painted_rows(std::int64_t painters, std::int64_t each) {
  at::Tensor rows = test::deviates(painters * each, 6, "works") * 0.3;
  const at::Tensor centres = test::deviates(painters, 3, "painters");
  for (std::int64_t i = 0; i < rows.size(0); ++i) {
    rows[i].slice(0, 0, 3) += centres[i / each];
    rows[i][5] *= 20;
  }
  return rows;
}

std::vector<std::size_t> painters_of(std::int64_t painters, std::int64_t each) {
  std::vector<std::size_t> numbers;
  for (std::int64_t i = 0; i < painters * each; ++i)
    numbers.push_back(static_cast<std::size_t>(i / each));
  return numbers;
}

TEST(Hand, WhatVariesFreelyCountsLittle) {
  const at::Tensor rows = painted_rows(40, 10);
  const std::vector<std::size_t> painters = painters_of(40, 10);
  const at::Tensor hands = hands_of(rows, fit_hand(rows, painters));
  EXPECT_TRUE(at::allclose(hands.norm(2, 1), at::ones({400}, at::kDouble)));
  const at::Tensor first = hands.slice(0, 0, 10);
  const double within = likeness_within(first).mean().item<double>(),
               others = likeness_to(first, hands.slice(0, 10)).mean().item<double>();
  EXPECT_GT(within, others + 0.4);
  const at::Tensor plain = rows / rows.norm(2, 1, true);
  EXPECT_LT(likeness_within(plain.slice(0, 0, 10)).mean().item<double>(), within);
}

TEST(Hand, LikenessLeavesTheWorkItselfOut) {
  const at::Tensor hands = at::tensor(std::vector<double>{1, 0, 1, 0, 0, 1}).view({3, 2});
  const at::Tensor likeness = likeness_within(hands);
  EXPECT_NEAR(likeness[0].item<double>(), 0.5, 1e-12);
  EXPECT_NEAR(likeness[2].item<double>(), 0, 1e-12);
  EXPECT_NEAR(likeness_to(hands, hands)[0].item<double>(), 2.0 / 3, 1e-12);
}

TEST(Hand, PaintersOfOneWorkTeachNothing) {
  const std::vector<std::size_t> alone{0, 1, 2};
  EXPECT_THROW(static_cast<void>(fit_hand(test::deviates(3, 4), alone)), Error);
}

TEST(Hand, PalettesAreShares) {
  // Half black, half white; and all white: a coefficient of sqrt(1/2).
  const at::Tensor thumbnails =
      at::tensor(std::vector<float>{0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1}).view({2, 6});
  const at::Tensor palettes = palettes_of(thumbnails);
  EXPECT_NEAR(palettes[0].square().sum().item<double>(), 1, 1e-12);
  EXPECT_NEAR(at::dot(palettes[0], palettes[1]).item<double>(), std::sqrt(0.5), 1e-12);
}

TEST(Hand, FiguresTellPaintersOfEnoughWorks) {
  const at::Tensor rows = painted_rows(30, 15);
  std::vector<std::size_t> painters = painters_of(30, 15);
  const std::vector<std::string> names(450, "somebody");
  painters.back() = 99;  // the last painter has 14 works now
  const auto figures = hand_figures(rows, painters, names, at::arange(450, at::kLong) % 3,
                                    test::deviates(450, 12).sigmoid());
  EXPECT_EQ(figures.at("painters"), 29);
  EXPECT_GT(figures.at("area").get<double>(), 0.9);
  EXPECT_NEAR(figures.at("palette_area").get<double>(), 0.5, 0.1);
}

}  // namespace
}  // namespace atelier::appraise
