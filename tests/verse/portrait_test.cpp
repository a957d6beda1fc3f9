// SPDX-License-Identifier: Apache-2.0
#include "atelier/verse/portrait.hpp"

#include <gmock/gmock.h>

#include "../base/error_matcher.hpp"
#include "atelier/base/error.hpp"
#include "atelier/verse/english_sounds.hpp"
#include "small_dictionary.hpp"

namespace atelier::verse {
namespace {

using testing::ElementsAre;
using testing::Pair;

const EnglishSounds& english() {
  static const auto small = EnglishSounds::from_dictionary(test::small_dictionary);
  return small;
}

/// Two groups of sounds: 東 and 空 rhyme, level; 月 and 雪 rhyme, oblique.
ChineseSounds chinese() {
  ChineseSounds sounds;
  Groups first, second;
  first.set(0);
  second.set(1);
  for (const char32_t c : U"東空風紅") sounds.add(c, {level, first});
  for (const char32_t c : U"月雪") sounds.add(c, {oblique, second});
  return sounds;
}

constexpr const char* sonnet_18 =
    "Shall I compare thee to a summer's day?\n"
    "Thou art more lovely and more temperate:\n"
    "Rough winds do shake the darling buds of May,\n"
    "And summer's lease hath all too short a date;\n"
    "Sometime too hot the eye of heaven shines,\n"
    "And often is his gold complexion dimm'd;\n"
    "And every fair from fair sometime declines,\n"
    "By chance or nature's changing course untrimm'd;\n\n"
    "But thy eternal summer shall not fade,\n"
    "Nor lose possession of that fair thou ow’st;\n"
    "Nor shall death brag thou wander'st in his shade,\n"
    "When in eternal lines to time thou grow'st:\n"
    "So long as men can breathe or eyes can see,\n"
    "So long lives this, and this gives life to thee.\n";

TEST(Portraits, KnowASonnetByItself) {
  const Portrait portrait = portrait_of_english(sonnet_18, english());
  EXPECT_EQ(portrait.form, "sonnet");
  EXPECT_GT(portrait.kept, 0.9);
  EXPECT_THAT(portrait.stanzas, ElementsAre(8, 6));
  EXPECT_EQ(scheme_text(portrait), "ababcdcd efefgg");
  EXPECT_EQ(portrait.perfect + portrait.near, 7);
  EXPECT_THAT(portrait.lengths.front(), Pair(10, 10));
  EXPECT_EQ(portrait.check.at("form"), "sonnet");
}

TEST(Portraits, OfLinesWithoutRhymeAndMeasureHaveNoForm) {
  const Portrait portrait = portrait_of_english(
      "the eye of day\nlong\nshall I compare thee to a summer's day or to a heaven of gold\nmen\n",
      english());
  EXPECT_EQ(portrait.form, "");
  EXPECT_EQ(scheme_text(portrait), "----");
  EXPECT_THAT(portrait.rhymes, ElementsAre(-1, -1, -1, -1));
  EXPECT_TRUE(portrait.check.contains("form"));  // the nearest is told all the same
  EXPECT_TRUE(portrait_of_english("the day\nmay shine", english()).check.is_null());
}

TEST(Portraits, CountTheSameWordAsARefrain) {
  const Portrait portrait = portrait_of_english("a day\nthe shade\nno day\nto fade\n", english());
  EXPECT_EQ(scheme_text(portrait), "abab");
  EXPECT_EQ(portrait.repeated, 1);
  EXPECT_EQ(portrait.perfect, 1);
}

TEST(Portraits, OfChinesePoemsHaveCharactersAndRhymes) {
  const Portrait portrait =
      portrait_of_chinese("一二三四東，二三四五月。\n三四五六空，四五六七雪。", chinese());
  EXPECT_THAT(portrait.lengths, ElementsAre(Pair(5, 5), Pair(5, 5), Pair(5, 5), Pair(5, 5)));
  EXPECT_EQ(scheme_text(portrait), "abab");
  EXPECT_EQ(portrait.language, Language::chinese);
  EXPECT_EQ(portrait.check.at("form"), "wujue");
  EXPECT_TRUE(portrait_of_chinese("一二三", chinese()).check.is_null());
}

TEST(Portraits, TakeTheTitleOff) {
  const TitledPoem titled = without_title("\xEF\xBB\xBF\n  A Title \r\n\r\nfirst\nsecond\n");
  EXPECT_EQ(titled.title, "A Title");
  EXPECT_EQ(titled.text, "first\nsecond\n");
  EXPECT_EQ(without_title("first\nsecond\n\nthird").title, "");
  EXPECT_EQ(without_title("only\n\n").title, "");
  const TitledPoem quiet = without_title("靜夜思\n床前明月光，\n疑是地上霜。\n");
  EXPECT_EQ(quiet.title, "靜夜思");
  EXPECT_EQ(quiet.text, "\n床前明月光，\n疑是地上霜。\n");
  EXPECT_EQ(without_title("床前明月光，\n疑是地上霜。\n").title, "");
  EXPECT_EQ(without_title("").text, "");
}

TEST(Portraits, TellLanguages) {
  EXPECT_EQ(language_of("Shall I compare thee to a summer's day? 夏日"), Language::english);
  EXPECT_EQ(language_of("春眠不覺曉 (Spring)"), Language::chinese);
  for (const char* text : {"", "🌸🌸 123", "\xff\xfe"}) {
    EXPECT_THROW(static_cast<void>(language_of(text)), Error) << text;
  }
}

TEST(Portraits, RefuseTooManyLines) {
  std::string poem;
  for (int i = 0; i <= most_portrait_lines; ++i) poem += "day\n";
  EXPECT_THROW(static_cast<void>(portrait_of_english(poem, english())), Error);
  EXPECT_THROW(static_cast<void>(portrait_of_english("🌸", english())), Error);
  EXPECT_THROW(static_cast<void>(portrait_of_chinese("…", chinese())), Error);
}

TEST(Portraits, WriteNumbersWhereLettersEnd) {
  Portrait portrait;
  for (int i = 0; i < 54; ++i) portrait.rhymes.push_back(i / 2);
  portrait.rhymes.push_back(-1);
  portrait.stanzas = {2, 53};
  const std::string text = scheme_text(portrait);
  EXPECT_TRUE(text.starts_with("1,1 2,2,3,3,")) << text;
  EXPECT_TRUE(text.ends_with("27,27,-")) << text;
}

}  // namespace
}  // namespace atelier::verse
