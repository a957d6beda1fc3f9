// SPDX-License-Identifier: Apache-2.0
#include "atelier/sequence/tokenizer.hpp"

#include <gtest/gtest.h>

#include "atelier/base/error.hpp"
#include "sequence/character_tokenizer.hpp"
#include "sequence/event_tokenizer.hpp"

namespace atelier::sequence {
namespace {

using Tokens = std::vector<Token>;

using namespace std::string_literals;
const std::string mixed = "Moon over water.\n\u660E\u6708\u5149 \U0001F319\t\u00E9\u0301\0!"s;

TEST(CharacterTokenizer, CountsFromTwoInTheOrderOfCodePoints) {
  const auto tokenizer = CharacterTokenizer::of({"cab", "b"}, 100);
  EXPECT_EQ(tokenizer.vocabulary(), 5);
  EXPECT_EQ(tokenizer.serialised(), "abc");
  EXPECT_EQ(tokenizer.encode("abc"), (Tokens{2, 3, 4}));
  EXPECT_EQ(tokenizer.encode("a\u660Eb"), (Tokens{2, Tokenizer::unknown, 3}));
  EXPECT_EQ(tokenizer.decode(Tokens{2, 0, 1, 4}), "a\uFFFDc");
}

TEST(CharacterTokenizer, TextComesBackFromAFileToo) {
  const auto tokenizer = CharacterTokenizer::of({mixed}, 100);
  EXPECT_EQ(tokenizer.decode(tokenizer.encode(mixed)), mixed);
  const auto again = read_tokenizer("characters", tokenizer.serialised());
  EXPECT_EQ(again->kind(), "characters");
  EXPECT_EQ(again->encode(mixed), tokenizer.encode(mixed));
}

TEST(CharacterTokenizer, KeepsTheMostFrequent) {
  const auto tokenizer = CharacterTokenizer::of({"zzzyyxxw"}, 5);
  EXPECT_EQ(tokenizer.serialised(), "xyz");
  EXPECT_EQ(tokenizer.encode("w"), Tokens{Tokenizer::unknown});
}

TEST(CharacterTokenizer, RefusesBrokenText) {
  const auto tokenizer = CharacterTokenizer::of({"abc"}, 100);
  EXPECT_THROW(static_cast<void>(tokenizer.encode("a\xFF")), Error);
  EXPECT_THROW(static_cast<void>(CharacterTokenizer::of({"\xC3"}, 100)), Error);
  EXPECT_THROW(CharacterTokenizer("aba"), Error);
  EXPECT_THROW(CharacterTokenizer("a\xED\xA0\x80"), Error);
}

TEST(EventTokenizer, ReadsNumbers) {
  const auto tokenizer = read_tokenizer("events", "300");
  EXPECT_EQ(tokenizer->vocabulary(), 300);
  EXPECT_EQ(tokenizer->encode(" 7 299\n2\t0 "), (Tokens{7, 299, 2, 0}));
  EXPECT_EQ(tokenizer->decode(Tokens{7, 299, 1, 2}), "7 299 2 ");
  EXPECT_EQ(tokenizer->encode(tokenizer->decode(Tokens{7, 299, 2})), (Tokens{7, 299, 2}));
  EXPECT_EQ(tokenizer->serialised(), "300");
}

TEST(EventTokenizer, RefusesWhatIsNone) {
  const EventTokenizer tokenizer("300");
  for (const char* text : {"300", "-1", "7x", "x", "1.5", "99999999999999999999", "\xFF"}) {
    EXPECT_THROW(static_cast<void>(tokenizer.encode(text)), Error) << text;
  }
  for (const char* vocabulary : {"", "1", "65537", "x", "-3"}) {
    EXPECT_THROW(EventTokenizer{vocabulary}, Error) << vocabulary;
  }
}

TEST(Tokenizers, OfAnUnknownKindAreRefused) {
  EXPECT_THROW(static_cast<void>(read_tokenizer("words", "")), Error);
}

}  // namespace
}  // namespace atelier::sequence
