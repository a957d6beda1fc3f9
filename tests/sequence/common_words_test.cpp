// SPDX-License-Identifier: Apache-2.0
#include "sequence/common_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/error.hpp"

namespace atelier::sequence {
namespace {

using testing::ElementsAre;

TEST(CommonWords, AreCountedOverAllTextsInLowerCase) {
  EXPECT_THAT(common_words({"The moon, the", "Moon. A sea"}, 2), ElementsAre("moon", "the"));
  EXPECT_THAT(common_words({"b a"}, 1), ElementsAre("a", "b"));
  EXPECT_TRUE(common_words({}, 1).empty());
}

TEST(CommonWords, HoldApostrophesBetweenLettersAlone) {
  EXPECT_THAT(common_words({"o'er the 'night' ne\u2019er o''er caf\u00e9"}, 1),
              ElementsAre("caf", "er", "ne'er", "night", "o", "o'er", "the"));
}

TEST(CommonWords, RefuseBrokenText) {
  EXPECT_THROW(static_cast<void>(common_words({"a \xff"}, 1)), Error);
}

}  // namespace
}  // namespace atelier::sequence
