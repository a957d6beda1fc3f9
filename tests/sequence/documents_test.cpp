// SPDX-License-Identifier: Apache-2.0
#include "sequence/documents.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "atelier/base/error.hpp"

namespace atelier::sequence {
namespace {

using testing::ElementsAre;

TEST(Documents, StandBetweenDelimiters) {
  EXPECT_THAT(documents_of("\na\nb\n\n\n\nc\n\n\n\n\n\nd\n", "\n\n\n"),
              ElementsAre("a\nb", "c", "d"));
  EXPECT_THAT(documents_of("a--b", "--"), ElementsAre("a", "b"));
  EXPECT_THAT(documents_of("\na\n", ""), ElementsAre("\na\n"));
  EXPECT_THAT(documents_of("\n\n\n\n", "\n\n"), ElementsAre());
}

TEST(Documents, ReadADelimiterAsItIsWritten) {
  EXPECT_EQ(unescaped("\\n\\n\\t\\\\x"), "\n\n\t\\x");
  EXPECT_EQ(unescaped(""), "");
  EXPECT_THROW(static_cast<void>(unescaped("\\x")), Error);
  EXPECT_THROW(static_cast<void>(unescaped("a\\")), Error);
}

TEST(Documents, HoldOutTheTail) {
  const TextDivision one = divided_by_place({"0123456789"}, 0.3);
  EXPECT_THAT(one.trained, ElementsAre("0123456"));
  EXPECT_THAT(one.held_out, ElementsAre("789"));
  const TextDivision many = divided_by_place({"aaaa", "bbbb", "cccc"}, 0.5);
  EXPECT_THAT(many.trained, ElementsAre("aaaa", "bbbb"));
  EXPECT_THAT(many.held_out, ElementsAre("cccc"));
}

TEST(Documents, AreNotCutInsideOfACharacter) {
  const TextDivision division = divided_by_place({"a\u660E\u6708"}, 0.5);
  EXPECT_THAT(division.trained, ElementsAre("a\u660E"));
  EXPECT_THAT(division.held_out, ElementsAre("\u6708"));
}

TEST(Documents, AreHeldOutByTheirBytesWhereverTheyStand) {
  std::vector<std::string> texts;
  for (int i = 0; i < 400; ++i) texts.push_back("document " + std::to_string(i));
  std::vector<std::string_view> documents(texts.begin(), texts.end());
  const TextDivision division = divided_by_digest(documents, 0.25);
  EXPECT_NEAR(static_cast<double>(division.held_out.size()), 100, 25);
  std::reverse(documents.begin(), documents.end());
  documents.push_back(documents.front());
  const TextDivision other = divided_by_digest(documents, 0.25);
  for (const std::string_view document : division.held_out) {
    EXPECT_THAT(other.held_out, testing::Contains(document));
    EXPECT_THAT(other.trained, testing::Not(testing::Contains(document)));
  }
  EXPECT_THROW(static_cast<void>(divided_by_digest({"one"}, 0.25)), Error);
}

}  // namespace
}  // namespace atelier::sequence
