// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/file_search.hpp"

#include <gmock/gmock.h>

#include <string>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "error_matcher.hpp"

namespace atelier {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class FileSearch : public testing::Test {
 protected:
  void make(const std::string& name) {
    const fs::path path = root() / name;
    fs::create_directories(path.parent_path());
    write_file(path, "x");
  }
  [[nodiscard]] fs::path root() const { return folder_.path() / "r"; }

  /// Relative to the root.
  [[nodiscard]] std::vector<std::string> names(const FilesFound& found) const {
    std::vector<std::string> names;
    for (const fs::path& file : found.files)
      names.push_back(file.lexically_relative(root()).string());
    return names;
  }
  [[nodiscard]] std::vector<std::string> named(const std::string& pattern) const {
    return names(files_named((root() / pattern).string()));
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(FileSearch, FindsEveryFileOfTheTreeSortedAndNothingHidden) {
  for (const char* name : {"b.jpg", "a.jpg", "sub/deep/c.png", ".hidden.jpg", ".git/d.jpg"})
    make(name);
  EXPECT_THAT(names(files_in(root())), ElementsAre("a.jpg", "b.jpg", "sub/deep/c.png"));
}

TEST_F(FileSearch, LeavesOutTheFolderOfResultsByWhateverNameItIsCalled) {
  for (const char* name : {"a.jpg", "out/a.jpg", "out/sub/a.jpg"}) make(name);
  EXPECT_THAT(names(files_in(root(), root() / "x" / ".." / "out")), ElementsAre("a.jpg"));
  fs::create_directory_symlink(root() / "out", root() / "link");
  EXPECT_THAT(names(files_in(root(), root() / "out")), ElementsAre("a.jpg"));
}

TEST_F(FileSearch, LinksInACircleEndAndLinkedFilesCount) {
  make("sub/a.jpg");
  fs::create_directory_symlink(root(), root() / "sub" / "up");
  fs::create_symlink(root() / "sub" / "a.jpg", root() / "b.jpg");
  fs::create_symlink(root() / "nowhere", root() / "dangling.jpg");
  EXPECT_THAT(names(files_in(root())), ElementsAre("b.jpg", "sub/a.jpg"));
}

TEST_F(FileSearch, PatternsNameWithinAFolderAndTwoStarsBelow) {
  for (const char* name : {"a.jpg", "b.png", "sub/c.jpg", "sub/deep/d.jpg", ".e.jpg"}) make(name);
  EXPECT_THAT(named("*.jpg"), ElementsAre("a.jpg"));
  EXPECT_THAT(named("*/*.jpg"), ElementsAre("sub/c.jpg"));
  EXPECT_THAT(named("**/*.jpg"), ElementsAre("a.jpg", "sub/c.jpg", "sub/deep/d.jpg"));
  EXPECT_THAT(named("sub/**/?.jpg"), ElementsAre("sub/c.jpg", "sub/deep/d.jpg"));
  EXPECT_THAT(named("**"), ElementsAre("a.jpg", "b.png", "sub/c.jpg", "sub/deep/d.jpg"));
  EXPECT_THAT(named("[a-b].*"), ElementsAre("a.jpg", "b.png"));
  EXPECT_THAT(named(".e.*"), ElementsAre(".e.jpg"));
  EXPECT_THAT(named("*.tif"), IsEmpty());
}

TEST_F(FileSearch, APatternIsNoneWhenAFileHasItsName) {
  make("shot[1].jpg");
  EXPECT_FALSE(is_pattern((root() / "shot[1].jpg").string()));
  EXPECT_TRUE(is_pattern((root() / "shot[2].jpg").string()));
  EXPECT_FALSE(is_pattern("plain.jpg"));
}

TEST(FileSearchPatterns, TheRootIsWhatStandsBeforeTheFirstSign) {
  EXPECT_EQ(pattern_root("*.jpg"), ".");
  EXPECT_EQ(pattern_root("photos/*.jpg"), "photos");
  EXPECT_EQ(pattern_root("photos/202?/a*.jpg"), "photos");
  EXPECT_EQ(pattern_root("/*.jpg"), "/");
}

TEST(FileSearchPatterns, NamesByKnownAnswers) {
  EXPECT_TRUE(pattern_names("a/**/b", "a/b"));
  EXPECT_TRUE(pattern_names("a/**/b", "a/x/y/b"));
  EXPECT_FALSE(pattern_names("a/**/b", "a/.x/b"));
  EXPECT_TRUE(pattern_names("./a*", "abc"));
  EXPECT_FALSE(pattern_names("a*", "abc/d"));
  EXPECT_FALSE(pattern_names("*", ".abc"));
}

TEST_F(FileSearch, AFolderThatIsNoneIsRefused) {
  EXPECT_ERROR(files_in(root() / "none"), bad_input, testing::HasSubstr("none"));
}

}  // namespace
}  // namespace atelier
