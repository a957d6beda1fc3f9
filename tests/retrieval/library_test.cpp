// SPDX-License-Identifier: Apache-2.0
#include "atelier/retrieval/library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "directions.hpp"
#include "retrieval/words.hpp"

namespace atelier::retrieval {
namespace {

using test::direction;

constexpr int dimension = 8;

class Libraries : public testing::Test {
 protected:
  [[nodiscard]] Library open(const char* maker = "maker 1") const {
    return {folder_.path(), maker};
  }
  static Work work(const std::string& path, const std::string& words = "") {
    return {path, 100, 5, "ab", 640, 480, words};
  }
  static std::vector<Look> looks(int number) {
    return {{"content", {}, direction(number, dimension)},
            {"content", {0.5F, 0, 0.5F, 1}, direction(number + 1000, dimension)},
            {"style", {}, direction(number, 3)}};
  }
  static std::vector<std::string> paths(const std::vector<Match>& matches) {
    std::vector<std::string> paths;
    for (const Match& match : matches) paths.push_back(match.work.path.string());
    return paths;
  }

  TemporaryFolder folder_;
};

TEST_F(Libraries, FindWorksByTheirLikestLook) {
  Library library = open();
  for (int i = 0; i < 50; ++i) {
    library.keep(work("/w/" + std::to_string(i)), looks(i));
  }
  EXPECT_EQ(library.size(), 50);
  const auto whole = library.alike("content", direction(7, dimension), 3);
  ASSERT_EQ(whole.size(), 3U);
  EXPECT_EQ(whole[0].work.path, "/w/7");
  EXPECT_EQ(whole[0].work.width, 640);
  EXPECT_EQ(whole[0].region, Region{});
  EXPECT_NEAR(whole[0].likeness, 1, 1e-5);
  const auto part = library.alike("content", direction(1030, dimension), 50);
  EXPECT_EQ(part[0].work.path, "/w/30");
  EXPECT_EQ(part[0].region, (Region{0.5F, 0, 0.5F, 1}));
  EXPECT_EQ(part.size(), 50U);  // each once
  EXPECT_EQ(library.alike("style", direction(3, 3), 1)[0].work.path, "/w/3");
  EXPECT_TRUE(library.alike("palette", direction(3, 3), 1).empty());
}

TEST_F(Libraries, KnowWhatHasChanged) {
  {
    Library library = open();
    library.keep(work("/w/a"), looks(1));
    library.keep(work("/w/b"), looks(2));
    EXPECT_TRUE(library.knows("/w/a", 100, 5));
    EXPECT_FALSE(library.knows("/w/a", 101, 5));
    EXPECT_FALSE(library.knows("/w/a", 100, 6));
    EXPECT_EQ(library.alike("content", direction(1, dimension), 1)[0].work.path, "/w/a");
    library.keep(work("/w/a"), looks(3));
    library.forget("/w/b");
    EXPECT_EQ(library.size(), 1);
  }
  Library again = open();
  const auto found = again.alike("content", direction(3, dimension), 5);
  EXPECT_EQ(paths(found), std::vector<std::string>{"/w/a"});
  EXPECT_NEAR(found[0].likeness, 1, 1e-5);
  EXPECT_EQ(again.work("/w/a")->sha256, "ab");
  EXPECT_FALSE(again.work("/w/b"));
}

TEST_F(Libraries, MakeAnIndexAnewThatIsDamaged) {
  {
    Library library = open();
    library.keep(work("/w/a"), looks(1));
    static_cast<void>(library.alike("content", direction(1, dimension), 1));
  }
  write_file(folder_.path() / "content.index", "damaged");
  EXPECT_EQ(open().alike("content", direction(1, dimension), 1).size(), 1U);
}

TEST_F(Libraries, ForgetWhatAnotherMakerSaw) {
  open().keep(work("/w/a", "red barn"), looks(1));
  Library other = open("maker 2");
  EXPECT_EQ(other.size(), 0);
  EXPECT_TRUE(other.alike("content", direction(1, dimension), 1).empty());
  EXPECT_TRUE(other.called("barn", 3).empty());
}

TEST_F(Libraries, FindByWordsAndTheirBeginnings) {
  Library library = open();
  library.keep(work("/w/a", "Red Barn in snow"), looks(1));
  library.keep(work("/w/b", "red roses"), looks(2));
  library.keep(work("/w/c", "山水 landscape"), looks(3));
  EXPECT_THAT(paths(library.called("red", 5)), testing::UnorderedElementsAre("/w/a", "/w/b"));
  EXPECT_THAT(paths(library.called("sno red", 5)), testing::ElementsAre("/w/a"));
  EXPECT_THAT(paths(library.called("山", 5)), testing::ElementsAre("/w/c"));
  EXPECT_TRUE(library.called("red OR landscape", 5).empty());  // words, no language
  EXPECT_TRUE(library.called("\"; DROP TABLE works; --", 5).empty());
  EXPECT_TRUE(library.called(" \n", 5).empty());
  library.forget("/w/b");
  EXPECT_THAT(paths(library.called("red", 5)), testing::ElementsAre("/w/a"));
}

TEST_F(Libraries, TellWhatIsInAFolder) {
  Library library = open();
  for (const char* path : {"/w/x/1", "/w/xy/2", "/w/x/z/3"}) library.keep(work(path), looks(1));
  EXPECT_THAT(library.in("/w/x"), testing::ElementsAre("/w/x/1", "/w/x/z/3"));
}

TEST_F(Libraries, KeepNothingOfAWorkWhoseLookDoesNotFit) {
  Library library = open();
  library.keep(work("/w/a"), looks(1));
  const std::vector<Look> other{{"style", {}, direction(1, 4)}};
  EXPECT_THROW(library.keep(work("/w/b"), other), Error);
  const std::vector<Look> nothing{{"style", {}, {0, 0, 0}}};
  EXPECT_THROW(library.keep(work("/w/a"), nothing), Error);
  EXPECT_EQ(library.size(), 1);
  EXPECT_EQ(library.alike("style", direction(1, 3), 1).size(), 1U);
}

TEST(Words, AreQuotedForTheQuery) {
  EXPECT_EQ(all_words(" red  b\"arn "), "\"red\" * \"b\"\"arn\" *");
  EXPECT_EQ(all_words(std::string("a\0b", 3)), "\"a\" * \"b\" *");
}

}  // namespace
}  // namespace atelier::retrieval
