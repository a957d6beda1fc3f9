// SPDX-License-Identifier: Apache-2.0
#include "appraise/emotion_head.hpp"

#include <gmock/gmock.h>

#include <numeric>

#include "appraise/rows.hpp"

namespace atelier::appraise {
namespace {

TEST(EmotionHead, OffersWhatIsToldAndNotWhatIsNot) {
  const std::int64_t count = 200;
  const at::Tensor rows = test::deviates(count, 8), chance = test::deviates(count, 1, "chance");
  FeltRows works{rows, {}, at::arange(count, at::kLong) % 10};
  works.shares = at::stack(
      {(0.4 + 0.15 * rows.select(1, 2)).clamp(0, 1), (0.4 + 0.15 * chance.squeeze(1)).clamp(0, 1),
       at::full({count}, 0.25, at::kDouble)},
      1);
  std::vector<std::size_t> groups(static_cast<std::size_t>(count));
  std::iota(groups.begin(), groups.end(), std::size_t{0});
  const EmotionHead head = learn_emotions(works, {"joy", "luck", "nothing"}, groups, 1, [] {});
  ASSERT_EQ(head.feelings.size(), 3U);
  EXPECT_TRUE(head.feelings[0].offered);
  EXPECT_GT(head.feelings[0].correlation, 0.9);
  EXPECT_LT(head.feelings[0].error, head.feelings[0].control_error / 2);
  EXPECT_FALSE(head.feelings[1].offered);
  EXPECT_LT(head.feelings[1].interval.low, 0.05);
  EXPECT_FALSE(head.feelings[2].offered);
  EXPECT_NEAR(head.feelings[2].average, 0.25, 1e-9);
  // The head itself: joy follows the third number.
  at::Tensor moved = at::zeros({2, 8}, at::kDouble);
  moved[1][2] = 1;
  const at::Tensor told = head.head(head.standard(moved));
  EXPECT_NEAR((told[1][0] - told[0][0]).item<double>(), 0.15, 0.03);
}

}  // namespace
}  // namespace atelier::appraise
