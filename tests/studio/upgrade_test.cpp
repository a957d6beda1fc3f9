// SPDX-License-Identifier: Apache-2.0
// What the first version of the schema held is there in the present one.
#include <gmock/gmock.h>

#include <fstream>

#include "../postgres_server.hpp"
#include "atelier/base/digest.hpp"
#include "open_studio.hpp"
#include "studio/queue/job_rows.hpp"
#include "studio/queue/sight.hpp"
#include "studio/queue/usage.hpp"

namespace atelier::studio {
namespace {

using nlohmann::json;
using store::Database;

const std::string owner_secret(64, 'a'), shop_secret(64, 'b'), session_secret(64, 'c');
const std::string upload_content = "an upload\n", result_content = "a result\n";

std::string digest_of(const std::string& text) {
  return sha256(std::as_bytes(std::span(text)));
}

/// The schema as its first step made it.
store::Schema first_schema() {
  store::Schema first = records_schema();
  first.migrations = first.migrations.first(1);
  return first;
}

/// Rows as the first version wrote them: a job that is done with its input and its result, one
/// that failed and one that waits; two tokens and a session.
void fill(const Database& database) {
  const auto run = [&](std::string_view sql, std::initializer_list<std::string_view> values) {
    store::Statement statement = database.prepare(sql);
    int parameter = 0;
    for (const std::string_view value : values) statement.bind(++parameter, value);
    statement.run();
  };
  database.run("UPDATE clock SET version = 7");
  run("INSERT INTO files VALUES (?, 'in.txt', 'text', 'text/plain', 'txt', 10, 'upload', 100.5, 1)",
      {digest_of(upload_content)});
  run("INSERT INTO files VALUES (?, 'result.txt', 'text', 'text/plain', 'txt', 9, 'job', 101.5, 2)",
      {digest_of(result_content)});
  const std::string request = R"({"command":"act","inputs":{},"options":{"seed":1},"outputs":{}})";
  int version = 0;
  for (const char* state : {"done", "failed", "queued"}) {
    run(fmt::format("INSERT INTO jobs (id, version, owner, command, label, request, "
                    "request_digest, repeatable, priority, state, created, report) VALUES "
                    "('job-{0}', {1}, 'shop', 'act', 'label', ?, ?, 1, 0, '{0}', 100, ?)",
                    state, ++version),
        {request, std::string(64, 'd'), R"({"seed":1})"});
  }
  const auto done = "(SELECT number FROM jobs WHERE id = 'job-done')";
  run(fmt::format("INSERT INTO inputs VALUES ({}, ?)", done), {digest_of(upload_content)});
  run(fmt::format("INSERT INTO outputs VALUES ({}, 1, 'result', 'result.txt', ?)", done),
      {digest_of(result_content)});
  run(fmt::format("INSERT INTO points VALUES ({}, 1, ?)", done), {R"({"done":1})"});
  run("INSERT INTO owners VALUES ('shop', 12.5)", {});
  run("INSERT INTO tokens VALUES ('owner', 'owner', ?, 100)", {digest_of(owner_secret)});
  run("INSERT INTO tokens VALUES ('shop-id', 'shop', ?, 101)", {digest_of(shop_secret)});
  run("INSERT INTO sessions VALUES (?, 'shop-id', 'csrf', 99999999999)",
      {digest_of(session_secret)});
}

/// A day's seconds are counted, on that day alone.
void expect_time_is_counted(const Database& database) {
  database.run("UPDATE tokens SET worker_seconds = 60 WHERE name = 'shop'");
  spend(database, "shop", 200, 59);
  spend(database, "shop", 200, 2);
  store::Statement left =
      database.prepare("SELECT count(*) FROM jobs j WHERE " + has_time_left("?1"));
  left.bind(1, day_of(200)).step();
  EXPECT_EQ(left.integer(0), 0);
  store::Statement tomorrow =
      database.prepare("SELECT count(*) FROM jobs j WHERE " + has_time_left("?1"));
  tomorrow.bind(1, day_of(next_day(200))).step();
  EXPECT_EQ(tomorrow.integer(0), 3);
}

/// What the database has, whoever made it.
void expect_all(const Database& database) {
  store::Statement jobs =
      database.prepare(fmt::format("SELECT {} FROM jobs ORDER BY number", job_columns));
  std::vector<Job> found;
  while (jobs.step()) found.push_back(read_job(database, jobs));
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].id, "job-done");
  EXPECT_EQ(found[0].owner, "shop");
  EXPECT_EQ(found[0].report["seed"], 1);
  ASSERT_EQ(found[0].outputs.size(), 1u);
  EXPECT_EQ(found[0].outputs[0].file.digest, digest_of(result_content));
  EXPECT_FALSE(found[0].shared);
  EXPECT_EQ(found[2].state, JobState::queued);
  EXPECT_EQ(found[2].checkpoint, "");
  store::Statement roles = database.prepare("SELECT name, role FROM tokens ORDER BY created");
  ASSERT_TRUE(roles.step());
  EXPECT_EQ(roles.text(0) + " " + roles.text(1), "owner owner");
  ASSERT_TRUE(roles.step());
  EXPECT_EQ(roles.text(0) + " " + roles.text(1), "shop member");
  EXPECT_FALSE(roles.step());
  for (const auto& [table, count] : std::map<std::string, int>{{"files", 2},
                                                               {"inputs", 1},
                                                               {"outputs", 1},
                                                               {"points", 1},
                                                               {"owners", 1},
                                                               {"sessions", 1},
                                                               {"uploads", 0},
                                                               {"spent", 0}}) {
    store::Statement rows = database.prepare("SELECT count(*) FROM " + table);
    rows.step();
    EXPECT_EQ(rows.integer(0), count) << table;
  }
  // Each account sees what its jobs had, and has time left.
  for (const auto& [seer, count] :
       std::map<std::string, int>{{"", 2}, {"shop", 2}, {"another", 0}}) {
    store::Statement seen = database.prepare("SELECT count(*) FROM files WHERE " + sees_file("?1"));
    seen.bind(1, seer).step();
    EXPECT_EQ(seen.integer(0), count) << seer;
  }
  store::Statement left =
      database.prepare("SELECT count(*) FROM jobs j WHERE " + has_time_left("?1"));
  left.bind(1, day_of(200)).step();
  EXPECT_EQ(left.integer(0), 3);
  store::Statement clock = database.prepare("SELECT version FROM clock");
  clock.step();
  EXPECT_EQ(clock.integer(0), 7);
}

TEST(Upgrade, ADatabaseOfTheFirstVersionOnPostgres) {
  if (PostgresTestServer::programs().empty()) GTEST_SKIP() << PostgresTestServer::missing;
  const std::string url = PostgresTestServer::shared().new_database();
  fill(Database(url, first_schema()));
  expect_all(Database(url, records_schema()));
  expect_all(Database(url, records_schema()));
  expect_time_is_counted(Database(url, records_schema()));
}

TEST(Upgrade, AFolderOfTheFirstVersionOpens) {
  const TemporaryFolder folder;
  fill(Database((folder.path() / "studio.sqlite").string(), first_schema()));
  std::ofstream(folder.path() / "token") << owner_secret << "\n";
  for (const std::string& content : {upload_content, result_content}) {
    const std::string digest = digest_of(content);
    std::filesystem::create_directories(folder.path() / "files" / digest.substr(0, 2));
    std::ofstream(folder.path() / "files" / digest.substr(0, 2) / digest) << content;
  }
  expect_all(Database((folder.path() / "studio.sqlite").string(), records_schema()));

  OpenStudio studio(folder.path(), 1);
  const std::map<std::string, std::string> shop{{"Authorization", "Bearer " + shop_secret}};
  const std::map<std::string, std::string> page{{"Authorization", ""},
                                                {"Cookie", "atelier=" + session_secret}};
  EXPECT_EQ(studio.ask("GET", "/api/v1/session", page).json()["name"], "shop");
  EXPECT_EQ(studio.ask("GET", "/api/v1/session", shop).json()["role"], "member");
  EXPECT_EQ(studio.ask("GET", "/api/v1/session").json()["role"], "owner");
  EXPECT_EQ(studio.ask("GET", "/api/v1/jobs", shop).json()["jobs"].size(), 3u);
  for (const std::string& content : {upload_content, result_content}) {
    const std::string path = "/api/v1/files/" + digest_of(content) + "/content";
    EXPECT_EQ(studio.ask("GET", path, shop).body, content);
  }
  // It goes on: what waited is done, by the equal one that was.
  EXPECT_EQ(studio.ended("job-queued")["state"], "done");
  EXPECT_EQ(studio.ended("job-queued")["reused"], true);
}

TEST(Upgrade, ALaterVersionIsRefused) {
  const TemporaryFolder folder;
  const std::string file = (folder.path() / "studio.sqlite").string();
  static_cast<void>(Database(file, records_schema()));
  EXPECT_THROW(Database(file, first_schema()), Error);
}

}  // namespace
}  // namespace atelier::studio
