// SPDX-License-Identifier: Apache-2.0
#include "sequence/piece_tokenizer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "atelier/base/error.hpp"
#include "atelier/base/random.hpp"
#include "atelier/base/utf8.hpp"
#include "sequence/words.hpp"

namespace atelier::sequence {
namespace {

using testing::ElementsAre;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) words.push_back(take_word(text));
  return words;
}

TEST(Words, EndWhereTheirKindDoes) {
  EXPECT_THAT(words_of("two moons, 3  (high)\n\n\tend "),
              ElementsAre("two", " moons", ",", " 3", " ", " (", "high", ")", "\n", "\n", "\t",
                          "end", " "));
  EXPECT_THAT(words_of("\u660E\u6708\u5149\uFF0C\u7591\u3002"),
              ElementsAre("\u660E\u6708\u5149", "\uFF0C", "\u7591", "\u3002"));
  EXPECT_THAT(words_of(" \n"), ElementsAre(" ", "\n"));
  EXPECT_EQ(words_of(std::string(100, 'a')).size(), 4U);
}

TEST(BytePairs, AreJoinedInTheOrderOfTheirFrequency) {
  // ab 6 times, bc 5, then (ab)c 5 as often as ca; the lower first, and c(ab) has become rare.
  const std::vector<CountedWord> words{{{10, 11, 12}, 5}, {{10, 11}, 1}, {{12, 10, 13}, 3}};
  const auto all = [](Token) { return true; };
  EXPECT_THAT(
      learn_byte_pairs(words, 20, 10, all),
      ElementsAre(TokenPair{10, 11}, TokenPair{20, 12}, TokenPair{10, 13}, TokenPair{12, 22}));
  EXPECT_THAT(learn_byte_pairs(words, 20, 1, all), ElementsAre(TokenPair{10, 11}));
  EXPECT_THAT(learn_byte_pairs(words, 20, 10, [](Token token) { return token != 11; }),
              ElementsAre(TokenPair{10, 13}, TokenPair{12, 20}));
}

TEST(BytePairs, OfOneTokenRepeatedAreCountedAgain) {
  std::vector<Token> run(9, 5);
  join_in(run, {5, 5}, 6);
  EXPECT_THAT(run, ElementsAre(6, 6, 6, 6, 5));
  const auto pairs =
      learn_byte_pairs({{std::vector<Token>(8, 5), 3}}, 6, 10, [](Token) { return true; });
  EXPECT_THAT(pairs, ElementsAre(TokenPair{5, 5}, TokenPair{6, 6}, TokenPair{7, 7}));
}

/// Verses enough to learn from.
std::string verses() {
  std::string text;
  const char* const words[] = {"moon", "water", "light", "over", "the", "night", "river", "silver"};
  for (unsigned i = 0; i < 600; ++i) {
    text += std::string(words[i * 7 % 8]) + (i % 5 == 4 ? "\n" : " ") + words[i * i % 8] + ' ';
    if (i % 9 == 0) text += "\u660E\u6708\u5149 ";
  }
  return text;
}

class PieceTokenizers : public testing::Test {
 protected:
  const std::string text_ = verses();
  const PieceTokenizer tokenizer_ = PieceTokenizer::of({text_}, 400);
};

TEST_F(PieceTokenizers, AnyTextComesBack) {
  using namespace std::string_literals;
  for (const std::string& text :
       {text_, "  two  blanks \n\n\n and \t\0"s, "\u660E\u6708\u5149\u590F \U0001F319"s, "\r\n"s,
        "caf\u00E9 \u2581 moonlight!\n"s, ""s}) {
    EXPECT_EQ(tokenizer_.decode(tokenizer_.encode(text)), text);
  }
  RandomStream chance(1, "text");
  std::string noise;
  for (int i = 0; i < 5000; ++i) {
    const auto c = static_cast<char32_t>(chance.uniform() * (i % 2 ? 0x80 : 0xD800));
    append_utf8(c, noise);
  }
  EXPECT_EQ(tokenizer_.decode(tokenizer_.encode(noise)), noise);
}

TEST_F(PieceTokenizers, WordsThatAreSeenOftenBecomeTokens) {
  EXPECT_LE(tokenizer_.vocabulary(), 400);
  EXPECT_LT(3 * tokenizer_.encode(text_).size(), count_code_points(text_));
  EXPECT_EQ(tokenizer_.encode(" moon").size(), 1U);
  EXPECT_EQ(tokenizer_.encode(" \u660E\u6708\u5149").size(), 1U);
  EXPECT_EQ(tokenizer_.encode("\u590F").size(), 3U);  // a character that was never seen
}

TEST_F(PieceTokenizers, ComeBackFromAFileAndAreLearnedTheSameAgain) {
  const auto again = read_tokenizer("pieces", tokenizer_.serialised());
  EXPECT_EQ(again->encode(text_), tokenizer_.encode(text_));
  EXPECT_EQ(again->serialised(), tokenizer_.serialised());
  const std::string copy = text_;
  EXPECT_EQ(PieceTokenizer::of({copy}, 400).serialised(), tokenizer_.serialised());
}

TEST_F(PieceTokenizers, KeepTheFirstTwoTokensFree) {
  for (const Token token : tokenizer_.encode(text_ + "\U0001F319")) EXPECT_GT(token, 1);
  EXPECT_EQ(tokenizer_.bytes_of(Tokenizer::end), "");
  EXPECT_EQ(tokenizer_.bytes_of(Tokenizer::unknown), "\uFFFD");
}

TEST_F(PieceTokenizers, RefuseWhatIsBroken) {
  EXPECT_THROW(static_cast<void>(tokenizer_.encode("a\xFF")), Error);
  EXPECT_THROW(static_cast<void>(PieceTokenizer::of({"a\xFF"}, 300)), Error);
  EXPECT_THROW(static_cast<void>(PieceTokenizer::of({text_}, 257)), Error);
  for (const char* damaged :
       {"", "no pieces", "[]", R"({"characters": ""})", R"({"characters": "a", "pairs": []})",
        R"({"characters": "\u660e\u660e", "pairs": []})",
        R"({"characters": "", "pairs": [[1, 2]]})", R"({"characters": "", "pairs": [[2, 258]]})",
        R"({"characters": "", "pairs": [[2]]})", R"({"characters": "", "pairs": [[2, 3], [2, 3]]})",
        R"({"characters": "", "pairs": [[2,2],[258,258],[259,259],[260,260],[261,261],[262,262],
             [263,263],[264,264],[265,265]]})"}) {
    EXPECT_THROW(PieceTokenizer{damaged}, Error) << damaged;
  }
}

}  // namespace
}  // namespace atelier::sequence
