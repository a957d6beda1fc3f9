// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "atelier/base/error.hpp"

namespace atelier {
namespace {

namespace fs = std::filesystem;

TEST(TemporaryFolder, GoesWithWhatIsInIt) {
  fs::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    fs::create_directory(path / "deeper");
    std::ofstream(path / "deeper" / "file") << "text";
    EXPECT_EQ(fs::status(path).permissions(), fs::perms::owner_all);
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(TemporaryFolder, MakesItsParentAndLeavesIt) {
  const TemporaryFolder outer;
  const fs::path parent = outer.path() / "new";
  { const TemporaryFolder inner(parent); }
  EXPECT_TRUE(fs::is_empty(parent));
}

TEST(TemporaryFolder, RefusesAParentThatIsAFile) {
  const TemporaryFolder outer;
  std::ofstream(outer.path() / "file") << "text";
  EXPECT_THROW(TemporaryFolder(outer.path() / "file"), Error);
}

}  // namespace
}  // namespace atelier
