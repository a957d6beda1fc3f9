// SPDX-License-Identifier: Apache-2.0
#include "sequence/chapters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sequence/cast.hpp"
#include "sequence/character_tokenizer.hpp"
#include "sequence/names.hpp"

namespace atelier::sequence {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ChapterLines, AreNumbersOfTheLanguage) {
  const CharacterTokenizer latin("\nabcI"), han("之乎者也");
  EXPECT_EQ(chapter_line(1, latin), "I");
  EXPECT_EQ(chapter_line(49, latin), "XLIX");
  EXPECT_EQ(chapter_line(98, latin), "XCVIII");
  EXPECT_EQ(chapter_line(4, han), "其四");
  EXPECT_EQ(chapter_line(10, han), "其十");
  EXPECT_EQ(chapter_line(19, han), "其十九");
  EXPECT_EQ(chapter_line(30, han), "其三十");
}

TEST(Sentences, EndWhereNothingThatWasQuotedStaysOpen) {
  for (const char* text : {"He went.", "It ended.\n", "\"Go!\"", "“Go!” he said. “I go.”", "去。",
                           "「去！」", "why?"}) {
    EXPECT_TRUE(ends_sentence(text)) << text;
  }
  for (const char* text : {"", "He went", "\"Go!", "“Go. ", "「去！", "he said,\"", "\xE3\x80"}) {
    EXPECT_FALSE(ends_sentence(text)) << text;
  }
}

TEST(Names, AreWordsThatAreAlwaysCapitalWithinSentences) {
  EXPECT_THAT(names_in("Once Mary met the Fox, and Mary smiled at Tom. The fox ran. Then Tom and "
                       "Mary slept; when Tom woke, The End."),
              ElementsAre("Mary", "Tom"));
  EXPECT_THAT(names_in("Never. Never again. But Rome burned."), IsEmpty());
}

TEST(Names, AreSurnamesWithWhatIsCalledBehindThemInChinese) {
  EXPECT_THAT(
      names_in("王生游山，王生遇李大郎，王生喜。李大郎笑，王生之友也。李大郎去，王曰善，王曰可，王曰然。"),
      ElementsAre("王生", "李大郎"));
}

TEST(Casts, LeanTowardsThoseWhoHaveNotComeYetAndCallThemInFull) {
  const CharacterTokenizer letters("\n abcdefghijklmnoprstuvwxyMT,.");
  const auto token = [&](const char* text) { return letters.encode(text)[0]; };
  Cast cast(letters);
  const auto leaning = [&](const char* text) {
    std::vector<float> logits(static_cast<std::size_t>(letters.vocabulary()));
    cast.lean(logits);
    return logits[token(text)];
  };
  EXPECT_EQ(leaning("M"), 0);
  cast.begin_chapter("so Mary and Tom met. then Mary saw Tom. ");
  EXPECT_THAT(cast.names(), ElementsAre("Mary", "Tom"));
  EXPECT_GT(leaning("M"), 0);
  EXPECT_GT(leaning("T"), 0);
  cast.append(token("M"));
  EXPECT_GT(leaning("a"), leaning("T"));
  cast.append(token("e"));  // another word
  EXPECT_EQ(leaning("a"), 0);
  for (const char* letter : {"M", "a", "r", "y"}) cast.append(token(letter));
  EXPECT_EQ(leaning("M"), 0);
  EXPECT_GT(leaning("T"), 0);
}

}  // namespace
}  // namespace atelier::sequence
