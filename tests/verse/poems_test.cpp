// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/poems.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../base/error_matcher.hpp"
#include "verse/poem_text.hpp"

namespace atelier::verse {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ChinesePoems, AreTitleAuthorAndLines) {
  const auto poems = read_chinese_poems(
      "靜夜思\n李白\n牀前明月光，疑是地上霜。\n舉頭望明月，低頭思故鄉。\n\n無題\n無名\n\n");
  ASSERT_EQ(poems.size(), 1U);
  EXPECT_EQ(poems[0].title, "靜夜思");
  EXPECT_EQ(poems[0].author, "李白");
  EXPECT_THAT(poems[0].lines, ElementsAre("牀前明月光", "疑是地上霜", "舉頭望明月", "低頭思故鄉"));
}

TEST(EnglishPoems, ArePartedByTwoBlankLines) {
  const auto poems = read_english_poems("one\ntwo\r\n\nthree\n\n\n\nfour\n");
  ASSERT_EQ(poems.size(), 2U);
  EXPECT_THAT(poems[0].lines, ElementsAre("one", "two", "", "three"));
  EXPECT_THAT(poems[1].lines, ElementsAre("four"));
}

TEST(Poems, OfNothingAreNone) {
  EXPECT_TRUE(read_chinese_poems("").empty());
  EXPECT_TRUE(read_english_poems("\n\n\n\n").empty());
  EXPECT_TRUE(read_chinese_poems("🙂\n🙂\n🙂🙂\n").empty());
}

TEST(Poems, AreRefusedWhereTheyAreHuge) {
  const std::string huge((std::size_t{64} << 20) + 1, 'a');
  EXPECT_ERROR(read_english_poems(huge), bad_input, HasSubstr("at most"));
  EXPECT_ERROR(poem_from_utf8(huge), bad_input, HasSubstr("at most"));
}

}  // namespace
}  // namespace atelier::verse
