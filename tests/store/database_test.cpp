// SPDX-License-Identifier: Apache-2.0
#include "atelier/store/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "atelier/base/atomic_file.hpp"
#include "atelier/base/error.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::store {
namespace {

constexpr std::uint32_t ours = 0x41544c31;
constexpr std::string_view first =
    "CREATE TABLE works(id INTEGER PRIMARY KEY, name TEXT NOT NULL, "
    "price REAL, picture BLOB)";
constexpr std::string_view second = "ALTER TABLE works ADD COLUMN sold INTEGER NOT NULL DEFAULT 0";
constexpr std::array one{first};
constexpr std::array both{first, second};

class Databases : public testing::Test {
 protected:
  [[nodiscard]] Database open(std::span<const std::string_view> migrations = one) const {
    return {file_, ours, migrations};
  }
  static std::int64_t count(const Database& database) {
    Statement statement = database.prepare("SELECT count(*) FROM works");
    return statement.step() ? statement.integer(0) : -1;
  }
  /// The message of what opening throws.
  [[nodiscard]] std::string refusal(std::uint32_t application = ours) const {
    try {
      static_cast<void>(Database(file_, application, one));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "works.sqlite";
};

TEST_F(Databases, KeepWhatIsWritten) {
  {
    const Database database = open();
    Statement insert = database.prepare("INSERT INTO works(name, price, picture) VALUES(?, ?, ?)");
    const std::array picture{std::byte{0}, std::byte{255}};
    insert.bind(1, "Garden; DROP TABLE works").bind(2, 12.5).bind(3, std::span(picture)).run();
    EXPECT_EQ(database.last_row(), 1);
    insert.bind(1, std::string("\0a", 2)).run();
  }
  const Database database = open();
  Statement all = database.prepare("SELECT name, price, picture FROM works ORDER BY id");
  ASSERT_TRUE(all.step());
  EXPECT_EQ(all.text(0), "Garden; DROP TABLE works");
  EXPECT_EQ(all.real(1), 12.5);
  EXPECT_THAT(all.bytes(2), testing::ElementsAre(std::byte{0}, std::byte{255}));
  ASSERT_TRUE(all.step());
  EXPECT_EQ(all.text(0), std::string("\0a", 2));
  EXPECT_FALSE(all.step());
}

TEST_F(Databases, KeepATransactionOrNothingOfIt) {
  const Database database = open();
  {
    const Transaction transaction(database);
    database.run("INSERT INTO works(name) VALUES('a')");
  }
  EXPECT_EQ(count(database), 0);
  Transaction transaction(database);
  database.run("INSERT INTO works(name) VALUES('a')");
  transaction.commit();
  EXPECT_EQ(count(database), 1);
}

TEST_F(Databases, StayWholeWhenAProcessIsKilled) {
  static_cast<void>(open());
  const pid_t child = fork();
  if (child == 0) {
    const Database database = open();
    Transaction kept(database);
    database.run("INSERT INTO works(name) VALUES('kept')");
    kept.commit();
    const Transaction lost(database);
    database.run("INSERT INTO works(name) VALUES('lost')");
    raise(SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(count(open()), 1);
}

TEST_F(Databases, GrowWithTheSchema) {
  open().run("INSERT INTO works(name) VALUES('a')");
  const Database grown = open(both);
  Statement sold = grown.prepare("SELECT sold FROM works");
  ASSERT_TRUE(sold.step());
  EXPECT_EQ(sold.integer(0), 0);
  EXPECT_THAT(refusal(), testing::HasSubstr("a later version"));
}

TEST_F(Databases, RefuseWhatIsNotTheirs) {
  static_cast<void>(open());
  EXPECT_THAT(refusal(7), testing::HasSubstr("another program's"));
  write_file(file_, std::string(5000, 'x'));
  EXPECT_THAT(refusal(), testing::HasSubstr("no database"));
  EXPECT_THROW(Database(folder_.path() / "none" / "a.sqlite", ours, one), Error);
}

}  // namespace
}  // namespace atelier::store
