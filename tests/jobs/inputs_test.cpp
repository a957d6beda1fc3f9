// SPDX-License-Identifier: Apache-2.0
#include "jobs/inputs.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::jobs {
namespace {

namespace fs = std::filesystem;

TEST(PicturesIn, AreThoseWithAPicturesSuffixByName) {
  const TemporaryFolder folder;
  for (const char* name :
       {"b.PNG", "a.jpeg", "c.tiff", "d.webp", "notes.txt", ".hidden.png", "png"})
    std::ofstream(folder.path() / name) << "x";
  fs::create_directory(folder.path() / "folder.png");
  std::vector<std::string> names;
  for (const fs::path& path : pictures_in(folder.path())) {
    EXPECT_EQ(path.parent_path(), folder.path());
    names.push_back(path.filename().string());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"a.jpeg", "b.PNG", "c.tiff", "d.webp"}));
}

TEST(PicturesIn, AreThoseThatAPatternNames) {
  const TemporaryFolder folder;
  for (const char* name : {"a1.png", "a2.txt", "a3.jpg", "b.png"})
    std::ofstream(folder.path() / name) << "x";
  EXPECT_EQ(pictures_in(folder.path() / "a*"),
            (std::vector<fs::path>{folder.path() / "a1.png", folder.path() / "a3.jpg"}));
  EXPECT_TRUE(pictures_in(folder.path() / "c*").empty());
}

TEST(PicturesIn, RefusesAFolderThatIsNone) {
  EXPECT_THROW((void)pictures_in("/nowhere/at/all"), Error);
}

}  // namespace
}  // namespace atelier::jobs
