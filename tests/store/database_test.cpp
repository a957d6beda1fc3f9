// SPDX-License-Identifier: Apache-2.0
// What both kinds of database promise; each test runs against a file and against a server.
#include "atelier/store/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <limits>
#include <thread>

#include "../postgres_server.hpp"
#include "atelier/base/temporary_folder.hpp"

namespace atelier::store {
namespace {

constexpr std::uint32_t ours = 0x41544c31;
constexpr Migration first{
    .common =
        "CREATE TABLE works(id INTEGER PRIMARY KEY, name TEXT NOT NULL, price REAL, "
        "picture BLOB, big INTEGER NOT NULL DEFAULT 0); -- an 'INTEGER' in a comment\n"
        "CREATE TABLE marks(work INTEGER NOT NULL REFERENCES works ON DELETE CASCADE, "
        "word TEXT NOT NULL DEFAULT 'REAL', PRIMARY KEY (work, word)) WITHOUT ROWID"};
constexpr Migration second{
    .common = "ALTER TABLE works ADD COLUMN sold INTEGER NOT NULL DEFAULT 0",
    .sqlite = "CREATE TABLE speaks(dialect TEXT); INSERT INTO speaks VALUES('sqlite')",
    .postgres = "CREATE TABLE speaks(dialect TEXT); INSERT INTO speaks VALUES('postgres')"};
constexpr Migration broken{.common = "CREATE TABLE half(a INTEGER); SELECT nothing FROM nowhere"};
constexpr std::array one{first};
constexpr std::array both{first, second};
constexpr std::array fails{first, broken};

class Databases : public testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override {
    if (GetParam() == Dialect::sqlite) {
      place_ = (folder_.path() / "works.sqlite").string();
    } else if (PostgresTestServer::programs().empty()) {
      GTEST_SKIP() << PostgresTestServer::missing;
    } else {
      place_ = PostgresTestServer::shared().new_database();
    }
  }
  [[nodiscard]] Database open(std::span<const Migration> migrations = one,
                              std::uint32_t application = ours) const {
    return {place_, {"works", application, migrations}};
  }
  static std::int64_t count(const Database& database) {
    Statement statement = database.prepare("SELECT count(*) FROM works");
    return statement.step() ? statement.integer(0) : -1;
  }
  /// The message of what opening throws.
  [[nodiscard]] std::string refusal(std::span<const Migration> migrations = one,
                                    std::uint32_t application = ours) const {
    try {
      static_cast<void>(open(migrations, application));
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_input);
      return error.what();
    }
    return "";
  }

  TemporaryFolder folder_;
  std::string place_;
};

TEST_P(Databases, KeepWhatIsWritten) {
  constexpr std::int64_t biggest = std::numeric_limits<std::int64_t>::max();
  {
    const Database database = open();
    EXPECT_EQ(database.dialect(), GetParam());
    Statement insert = database.prepare(
        "INSERT INTO works(name, price, picture, big) VALUES(?, ?, ?, ?) RETURNING id");
    const std::array picture{std::byte{0}, std::byte{255}, std::byte{'\\'}};
    insert.bind(1, "Garden'; DROP TABLE works").bind(2, 0.1).bind(3, std::span(picture));
    ASSERT_TRUE(insert.bind(4, biggest).step());
    EXPECT_EQ(insert.integer(0), 1);
    EXPECT_FALSE(insert.step());
    // What was bound stays; the same statement may have other types, too.
    insert.bind(1, "花园").bind(2, std::int64_t{-3}).bind(4, -biggest - 1).run();
  }
  const Database database = open();
  Statement all = database.prepare("SELECT name, price, picture, big FROM works ORDER BY id");
  ASSERT_TRUE(all.step());
  EXPECT_EQ(all.text(0), "Garden'; DROP TABLE works");
  EXPECT_EQ(all.real(1), 0.1);
  EXPECT_THAT(all.bytes(2), testing::ElementsAre(std::byte{0}, std::byte{255}, std::byte{'\\'}));
  EXPECT_EQ(all.integer(3), biggest);
  ASSERT_TRUE(all.step());
  EXPECT_EQ(all.text(0), "花园");
  EXPECT_EQ(all.real(1), -3);
  EXPECT_EQ(all.bytes(2).size(), 3u);
  EXPECT_EQ(all.integer(3), -biggest - 1);
  EXPECT_FALSE(all.step());
  EXPECT_TRUE(all.step());  // anew
}

TEST_P(Databases, KnowNothingAsNull) {
  const Database database = open();
  database.prepare("INSERT INTO works(name, price, picture) VALUES('a', ?, ?)").run();
  Statement row = database.prepare(
      "SELECT price, picture, price IS NULL, coalesce(?1, name), '?' || ?2 FROM works");
  ASSERT_TRUE(row.bind(2, "?").step());
  EXPECT_EQ(row.real(0), 0);
  EXPECT_EQ(row.integer(0), 0);
  EXPECT_EQ(row.text(0), "");
  EXPECT_TRUE(row.bytes(1).empty());
  EXPECT_EQ(row.integer(2), 1);
  EXPECT_EQ(row.text(2), "1");
  EXPECT_EQ(row.text(3), "a");
  EXPECT_EQ(row.text(4), "??");
}

TEST_P(Databases, RunStatementsWithinOthers) {
  const Database database = open();
  for (const char* name : {"a", "b", "c"})
    database.prepare("INSERT INTO works(name) VALUES(?)").bind(1, name).run();
  Statement outer = database.prepare("SELECT id FROM works ORDER BY id");
  Statement inner = database.prepare("SELECT name FROM works WHERE id = ?1 AND ?1 > 0");
  std::string names;
  while (outer.step()) {
    ASSERT_TRUE(inner.bind(1, outer.integer(0)).step());
    names += inner.text(0);
    inner.run();
  }
  EXPECT_EQ(names, "abc");
}

TEST_P(Databases, HoldToTheirKeys) {
  const Database database = open();
  EXPECT_THROW(database.run("INSERT INTO marks(work) VALUES(7)"), Error);
  database.run("INSERT INTO works(name) VALUES('a'); INSERT INTO marks(work) VALUES(1)");
  EXPECT_THROW(database.run("INSERT INTO marks(work) VALUES(1)"), Error);
  Statement word = database.prepare("SELECT word FROM marks");
  ASSERT_TRUE(word.step());
  EXPECT_EQ(word.text(0), "REAL");
  database.run("DELETE FROM works");
  EXPECT_FALSE(database.prepare("SELECT 1 FROM marks").step());
}

TEST_P(Databases, KeepATransactionOrNothingOfIt) {
  const Database database = open();
  {
    const Transaction transaction(database);
    database.run("INSERT INTO works(name) VALUES('a')");
  }
  EXPECT_EQ(count(database), 0);
  {
    const Transaction transaction(database, Writers::many);
    EXPECT_THROW(database.run("INSERT INTO works(name) VALUES(NULL)"), Error);
  }
  Transaction transaction(database);
  database.run("INSERT INTO works(name) VALUES('a')");
  transaction.commit();
  EXPECT_EQ(count(database), 1);
  EXPECT_EQ(in_transaction(database, Writers::one, [&] { return count(database); }), 1);
}

TEST_P(Databases, HaveOneWriterWhereThatIsAsked) {
  const Database database = open();
  database.run("INSERT INTO works(name) VALUES('a')");
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      const Database own = open();
      for (int turn = 0; turn < 10; ++turn) {
        in_transaction(own, Writers::one, [&] {
          Statement read = own.prepare("SELECT big FROM works");
          read.step();
          own.prepare("UPDATE works SET big = ?").bind(1, read.integer(0) + 1).run();
        });
      }
    });
  }
  threads.clear();
  Statement read = database.prepare("SELECT big FROM works");
  ASSERT_TRUE(read.step());
  EXPECT_EQ(read.integer(0), 40);
}

TEST_P(Databases, StayWholeWhenAProcessIsKilled) {
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
  const Database database = open();
  const Transaction nobody_holds_the_lock(database);
  EXPECT_EQ(count(database), 1);
}

TEST_P(Databases, GrowWithTheSchema) {
  open().run("INSERT INTO works(name) VALUES('a')");
  const Database grown = open(both);
  Statement sold = grown.prepare("SELECT sold FROM works");
  ASSERT_TRUE(sold.step());
  EXPECT_EQ(sold.integer(0), 0);
  Statement speaks = grown.prepare("SELECT dialect FROM speaks");
  ASSERT_TRUE(speaks.step());
  EXPECT_EQ(speaks.text(0), GetParam() == Dialect::sqlite ? "sqlite" : "postgres");
  EXPECT_FALSE(speaks.step());
  static_cast<void>(open(both));
  EXPECT_THAT(refusal(), testing::HasSubstr("a later version"));
}

TEST_P(Databases, GrowWhollyOrNotAtAll) {
  EXPECT_THROW(static_cast<void>(open(fails)), Error);
  static_cast<void>(open());
  EXPECT_THROW(static_cast<void>(open(fails)), Error);
  EXPECT_EQ(count(open()), 0);
  EXPECT_THROW(open().run("DELETE FROM half"), Error);
}

TEST_P(Databases, GrowOnceWhereManyBegin) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 6; ++i) {
    threads.emplace_back([this] { EXPECT_EQ(count(open(both)), 0); });
  }
}

TEST_P(Databases, RefuseAnotherProgramsPlace) {
  static_cast<void>(open());
  EXPECT_THAT(refusal(one, 7), testing::HasSubstr("another program's"));
}

TEST_P(Databases, WakeThoseWhoWait) {
  using namespace std::chrono_literals;
  const Database database = open();
  const Database listener(place_, {"works", ours, one}, Durability::quick);
  listener.listen("changes");
  EXPECT_TRUE(listener.wait(0ms));  // something may have changed before
  while (listener.wait(0ms)) {
  }
  EXPECT_FALSE(listener.wait(60ms));
  const auto change = [&] {
    Transaction transaction(database);
    database.run("INSERT INTO works(name) VALUES('a')");
    database.notify("changes");
    transaction.commit();
  };
  change();
  EXPECT_TRUE(listener.wait(10s));
  EXPECT_FALSE(listener.wait(0ms));
  const std::jthread later([&] {
    std::this_thread::sleep_for(50ms);
    change();
  });
  EXPECT_TRUE(listener.wait(10s));
  EXPECT_EQ(count(listener), 2);
}

TEST_P(Databases, SayWhatIsWrongWithAStatement) {
  const Database database = open();
  try {
    database.prepare("SELECT nothing FROM works").run();
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
    EXPECT_THAT(error.what(), testing::HasSubstr("nothing"));
  }
  EXPECT_EQ(count(database), 0);
}

INSTANTIATE_TEST_SUITE_P(Of, Databases, testing::Values(Dialect::sqlite, Dialect::postgres),
                         [](const auto& about) {
                           return about.param == Dialect::sqlite ? "Sqlite" : "Postgres";
                         });

}  // namespace
}  // namespace atelier::store
