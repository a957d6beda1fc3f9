// SPDX-License-Identifier: Apache-2.0
// What is SQLite's alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/temporary_folder.hpp"
#include "atelier/store/database.hpp"

namespace atelier::store {
namespace {

constexpr std::string_view table = "CREATE TABLE works(id INTEGER PRIMARY KEY, name TEXT)";
constexpr std::array steps{table};

TEST(Sqlite, KeepsNullCharacters) {
  const TemporaryFolder folder;
  const Database database(folder.path() / "a.sqlite", 7, steps);
  database.prepare("INSERT INTO works(name) VALUES(?)").bind(1, std::string("\0a", 2)).run();
  Statement row = database.prepare("SELECT name FROM works");
  ASSERT_TRUE(row.step());
  EXPECT_EQ(row.text(0), std::string("\0a", 2));
}

TEST(Sqlite, RefusesWhatIsNoDatabase) {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "a.sqlite";
  write_file(file, std::string(5000, 'x'));
  try {
    static_cast<void>(Database(file, 7, steps));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_THAT(error.what(), testing::HasSubstr("no database"));
  }
  EXPECT_THROW(Database(folder.path() / "none" / "a.sqlite", 7, steps), Error);
}

}  // namespace
}  // namespace atelier::store
