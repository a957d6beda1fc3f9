// SPDX-License-Identifier: Apache-2.0
#include "atelier/appraise/text_likeness.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "atelier/base/error.hpp"

namespace atelier::appraise {
namespace {

using testing::ElementsAre;

TEST(TextLikeness, FindsTheTextItselfAndTextsWithSharedWords) {
  const std::vector<std::string> texts{"the rose and the thorn at sea", "the tide and the sea",
                                       "床前明月光，疑是地上霜。", "明月松間照，清泉石上流。"};
  const TextLikeness known(texts);
  const auto same = known.nearest(texts[1], 2);
  ASSERT_EQ(same.size(), 2U);
  EXPECT_EQ(same[0].place, 1U);
  EXPECT_NEAR(same[0].likeness, 1, 1e-12);
  EXPECT_EQ(same[1].place, 0U);
  const auto moon = known.nearest("明月何時照我還", 5);
  ASSERT_EQ(moon.size(), 2U);
  EXPECT_EQ(moon[0].place, 3U);  // 照 as well
  EXPECT_THAT(moon[1].shared, testing::UnorderedElementsAre("明", "月", "明月"));
  EXPECT_EQ(known.nearest(texts[1], 5, 1).front().place, 0U);
}

TEST(TextLikeness, HeedsRareWordsMoreThanCommonOnes) {
  const std::vector<std::string> texts{"sea sea sea ship", "sea moon", "sea storm"};
  const auto near = TextLikeness(texts).nearest("the sea and ship", 3);
  ASSERT_EQ(near.size(), 3U);
  EXPECT_EQ(near.front().shared.front(), "ship");
  // By the formula: sea is held by 3 of 3 texts, ship by 1; the and and do not count.
  const double sea = std::log1p(0.5 / 3.5), ship = std::log1p(2.5 / 1.5),
               thrice = (1 + std::log(3)) * sea;
  EXPECT_NEAR(near.front().likeness,
              (sea * thrice + ship * ship) / std::hypot(sea, ship) / std::hypot(thrice, ship),
              1e-12);
}

TEST(TextLikeness, OfSignsAndOfNothingIsNothing) {
  const std::vector<std::string> texts{"", "🌸🌸", "of the", "sea"};
  const TextLikeness known(texts);
  EXPECT_TRUE(known.nearest("", 3).empty());
  EXPECT_TRUE(known.nearest("🌸", 3).empty());
  EXPECT_THROW(static_cast<void>(known.nearest("\xff", 3)), Error);
}

}  // namespace
}  // namespace atelier::appraise
