// SPDX-License-Identifier: Apache-2.0
#include "appraise/text/text_head.hpp"

#include <ATen/ATen.h>
#include <gtest/gtest.h>

#include "appraise/rows.hpp"

namespace atelier::appraise {
namespace {

TEST(TextHead, OffersWhatRowsTellAndNotWhatTheyDoNot) {
  constexpr std::int64_t poems = 96, each = 3;
  const at::Tensor pieces = test::deviates(poems * each, 6);
  const at::Tensor noise = test::deviates(poems * each, 1, "noise").squeeze(1);
  const at::Tensor joy = (0.4 + 0.1 * pieces.select(1, 2)).clamp(0, 1),
                   luck = (0.4 + 0.1 * noise).clamp(0, 1);
  PoemShares shares;
  shares.pieces = at::stack({joy, luck}, 1);
  shares.poems = shares.pieces.view({poems, each, 2}).mean(1);
  shares.poem = at::arange(poems * each, at::kLong).div(each, "floor");
  const auto rows = [&](const at::Tensor& of) {
    return PoemRows{of.size(1), of.view({poems, each, of.size(1)}).mean(1), of};
  };
  // Rows of chance stand before those that tell: the choice must fall on the latter.
  const std::vector<PoemRows> kinds{rows(test::deviates(poems * each, 4, "chance")), rows(pieces)};
  const TextHead head = learn_text_emotions(kinds, shares, {"joy", "luck"}, 8, 1, [] {});
  EXPECT_EQ(head.kind, 1U);
  ASSERT_EQ(head.feelings.size(), 2U);
  EXPECT_TRUE(head.feelings[0].offered);
  EXPECT_GT(head.feelings[0].correlation, 0.9);
  EXPECT_FALSE(head.feelings[1].offered);
  at::Tensor moved = at::zeros({2, 6}, at::kDouble);
  moved[1][2] = 1;
  const at::Tensor told = head.head(moved);
  EXPECT_NEAR((told[1][0] - told[0][0]).item<double>(), 0.1, 0.01);
}

}  // namespace
}  // namespace atelier::appraise
