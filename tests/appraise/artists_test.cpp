// SPDX-License-Identifier: Apache-2.0
#include "appraise/artists.hpp"

#include <gmock/gmock.h>

namespace atelier::appraise {
namespace {

using ::testing::ElementsAre;

TEST(Artists, KeysLeaveOutWhatFileNamesLeaveOut) {
  EXPECT_EQ(artist_key("M.C. Escher"), "mcescher");
  EXPECT_EQ(artist_key("m-c-escher"), "mcescher");
  EXPECT_EQ(artist_key("André Lhote"), "andrlhote");
  EXPECT_EQ(artist_key(""), "");
}

TEST(Artists, AreToldByFileNames) {
  EXPECT_EQ(artist_in("claude-monet_haystacks_2.jpg"), "claude-monet");
  EXPECT_EQ(artist_in("trees.jpg"), "");
  EXPECT_EQ(artist_in("009882_a.jpg"), "");
}

TEST(Artists, NamesOneLetterApart) {
  EXPECT_TRUE(nearly_same("andrlhote", "andrelhote"));
  EXPECT_TRUE(nearly_same("andrelhote", "andrelhota"));
  EXPECT_TRUE(nearly_same("andrelhot", "andrelhote"));
  EXPECT_FALSE(nearly_same("andrelhote", "andrelhxxe"));
  EXPECT_FALSE(nearly_same("monet", "manet")) << "too short to tell";
}

TEST(Artists, WorksThatBelongTogether) {
  // Three thumbnails of four values: 0 and 3 show one picture, lighter and stronger.
  const std::vector<float> thumbnails{0, 1, 0, 2,   //
                                      1, 0, 0, 0,   //
                                      0, 0, 1, 0,   //
                                      5, 8, 5, 11,  //
                                      1, 1, 0, 0};
  const std::vector<std::string> artists{"giotto", "andrelhote", "", "another", "andrlhote"};
  EXPECT_THAT(group_works(artists, thumbnails, 4), ElementsAre(0, 1, 2, 0, 1));
}

TEST(Artists, NobodyIsAloneAndFlatPicturesAreNotAlike) {
  const std::vector<float> thumbnails(8, 0.5F);
  const std::vector<std::string> artists{"", ""};
  EXPECT_THAT(group_works(artists, thumbnails, 4), ElementsAre(0, 1));
}

TEST(Artists, PartsAreEvenAndKeepGroupsWhole) {
  // Class 0: a group of 4 and four single works; class 1: two single works.
  const std::vector<std::size_t> groups{0, 0, 0, 0, 1, 2, 3, 4, 5, 6};
  const std::vector<int> classes{0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
  EXPECT_THAT(divide(groups, classes, 2), ElementsAre(0, 0, 0, 0, 1, 1, 1, 1, 0, 1));
}

TEST(Artists, MorePartsThanGroupsStayEmpty) {
  const std::vector<std::size_t> groups{0, 0};
  const std::vector<int> classes{0, 1};
  EXPECT_THAT(divide(groups, classes, 5), ElementsAre(0, 0));
}

}  // namespace
}  // namespace atelier::appraise
