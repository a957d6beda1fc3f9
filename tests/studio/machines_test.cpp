// SPDX-License-Identifier: Apache-2.0
// Servers and workers of several machines: folders of their own, one PostgreSQL, files in a shared
// folder or an S3 store.
#include <gmock/gmock.h>

#include <cstdlib>

#include "../postgres_server.hpp"
#include "fake_s3.hpp"
#include "open_studio.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class MachinesTest : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (PostgresTestServer::programs().empty()) GTEST_SKIP() << PostgresTestServer::missing;
    database_ = PostgresTestServer::shared().new_database();
    files_ = (folder_.path() / "shared").string();
    if (std::string(GetParam()) == "Folder") return;
    files_ = "s3://studio-files/house";
    ::setenv("AWS_ACCESS_KEY_ID", keys_.access.c_str(), 1);
    ::setenv("AWS_SECRET_ACCESS_KEY", keys_.secret.c_str(), 1);
    ::setenv("AWS_REGION", keys_.region.c_str(), 1);
    ::setenv("AWS_ENDPOINT_URL", store_.endpoint().c_str(), 1);
  }
  [[nodiscard]] Place machine(const std::string& name) const {
    const std::filesystem::path folder = folder_.path() / name;
    std::filesystem::create_directories(folder);
    return {folder, database_, files_};
  }
  [[nodiscard]] WorkerOptions worker(const std::string& name) const {
    const Place place = machine(name);
    return {.data = place.data.string(),
            .database = place.database,
            .files = place.files,
            .cache_limit = 1,
            .jobs = 1,
            .device = "auto",
            .threads = 0,
            .job_memory = 0,
            .job_time = 0};
  }
  static double seconds_since(Clock::time_point begin) {
    return std::chrono::duration<double>(Clock::now() - begin).count();
  }

  TemporaryFolder folder_;
  std::string database_, files_;
  S3Keys keys_{"anna", "s3cret", "", "eu-1"};
  FakeS3 store_{"studio-files", keys_};
  std::vector<Command> commands_ = act_commands();
};

TEST_P(MachinesTest, WorkOnOneQueue) {
  OpenStudio one(machine("one"), 0), two(machine("two"), 0);
  const std::string input = one.upload("an input\n");
  nlohmann::json request = act(7);
  request["inputs"] = {{"file", {input}}};
  const std::string id = two.post("/api/v1/jobs", request).json()["id"];
  EXPECT_THAT(one.ask("GET", "/api/v1/jobs/" + id).json()["obstacle"].get<std::string>(),
              testing::HasSubstr("no worker is there"));
  RawClient listener(one.port());
  listener.send(one.request("GET", "/api/v1/jobs/" + id + "/events"));
  const Crew crew(worker("three"), commands_, ATELIER_FAKE_PROGRAM, act_abilities());
  const nlohmann::json done = one.ended(id);
  ASSERT_EQ(done["state"], "done") << done;
  EXPECT_EQ(done["obstacle"], nullptr);
  const std::string result = done["outputs"][0]["digest"];
  for (OpenStudio* studio : {&one, &two}) {
    EXPECT_EQ(studio->ask("GET", "/api/v1/files/" + result + "/content").body, "seed 7\n");
    EXPECT_EQ(studio->ask("GET", "/api/v1/workers").json()["workers"].size(), 1u);
  }
  // The other server's event streams heard of it.
  EXPECT_THAT(read_answer(listener).body, testing::HasSubstr("\"state\":\"done\""));
  EXPECT_EQ(two.ask("DELETE", "/api/v1/jobs/" + id).status, 204);
  EXPECT_EQ(one.ask("GET", "/api/v1/files/" + result + "/content").status, 404);
}

TEST_P(MachinesTest, BeginAtOnceAndCancelWithinASecond) {
  OpenStudio one(machine("one"), 0);
  const Crew crew(worker("two"), commands_, ATELIER_FAKE_PROGRAM, act_abilities());
  std::this_thread::sleep_for(300ms);  // it waits by now
  const auto submitted = Clock::now();
  const std::string id =
      one.post("/api/v1/jobs", act(1, {{"steps", 1000}, {"pause", 50}})).json()["id"];
  while (one.ask("GET", "/api/v1/jobs/" + id).json()["state"] == "queued" &&
         seconds_since(submitted) < 10) {
    std::this_thread::sleep_for(5ms);
  }
  EXPECT_LT(seconds_since(submitted), 0.8);  // it was woken: alone it looks once a second
  const auto asked = Clock::now();
  one.ask("POST", "/api/v1/jobs/" + id + "/cancel");
  EXPECT_EQ(one.ended(id)["state"], "cancelled");
  EXPECT_LT(seconds_since(asked), 1.5);
}

TEST_P(MachinesTest, ShowPreviewsOfOthers) {
  OpenStudio one(machine("one"), 0);
  const Crew crew(worker("two"), commands_, ATELIER_FAKE_PROGRAM, act_abilities());
  const std::string id =
      one.post("/api/v1/jobs", act(1, {{"steps", 100}, {"pause", 50}})).json()["id"];
  const auto begin = Clock::now();
  Answer preview;
  do {
    preview = one.ask("GET", "/api/v1/jobs/" + id + "/preview");
    std::this_thread::sleep_for(20ms);
  } while (preview.status != 200 && seconds_since(begin) < 10);
  EXPECT_THAT(preview.body, testing::HasSubstr("preview"));
  one.ask("POST", "/api/v1/jobs/" + id + "/cancel");
  EXPECT_EQ(one.ended(id)["state"], "cancelled");
}

TEST_P(MachinesTest, DoAtHomeWhatTheyWereGiven) {
  OpenStudio one(machine("one"), 1), two(machine("two"), 1);
  const nlohmann::json request{{"command", "whisper"}, {"passphrase", "open-sesame-7531"}};
  for (int count = 1; count <= 4; ++count) {
    std::map<OpenStudio*, std::string> ids;
    for (OpenStudio* studio : {&one, &two})
      ids[studio] = studio->post("/api/v1/jobs", request).json()["id"];
    for (const auto& [studio, id] : ids) {
      // The passphrase was there, and so was the folder that this server keeps.
      const nlohmann::json job = two.ended(id);
      ASSERT_EQ(job["state"], "done") << job;
      const std::string result = job["outputs"][0]["digest"];
      EXPECT_EQ(studio->ask("GET", "/api/v1/files/" + result + "/content").body,
                fmt::format("heard 16, kept {}\n", count));
    }
  }
}

TEST_P(MachinesTest, WaitForTheServerThatHasThePassphrase) {
  OpenStudio one(machine("one"), 0), two(machine("two"), 1);
  const std::string id =
      one.post("/api/v1/jobs", {{"command", "whisper"}, {"passphrase", "open-sesame-7531"}})
          .json()["id"];
  EXPECT_EQ(two.ended(two.post("/api/v1/jobs", {{"command", "find"}}).json()["id"])["state"],
            "done");
  const nlohmann::json job = two.ask("GET", "/api/v1/jobs/" + id).json();
  EXPECT_EQ(job["state"], "queued");
  EXPECT_THAT(job["obstacle"].get<std::string>(),
              testing::HasSubstr("the server that it was submitted to"));
  // Cancelled by way of another server, it leaves no passphrase in the one that had it.
  const auto waits = [&](const std::string& one_id) {
    return !has_ended(one.studio().queue.find(one_id)->state);
  };
  one.studio().passphrases.forget_unless(waits);
  two.ask("POST", "/api/v1/jobs/" + id + "/cancel");
  one.studio().passphrases.forget_unless(waits);
  EXPECT_FALSE(one.studio().passphrases.take(id));
}

/// A worker that ends gives its job back with the newest checkpoint.
TEST_P(MachinesTest, GoOnWithWhatAnotherBegan) {
  OpenStudio one(machine("one"), 0);
  const std::string id =
      one.post("/api/v1/jobs", act(1, {{"steps", 100}, {"pause", 30}, {"keeps", true}}))
          .json()["id"];
  const auto done = [&] {
    const nlohmann::json progress = one.ask("GET", "/api/v1/jobs/" + id).json()["progress"];
    return progress.is_object() ? progress.value("done", 0) : 0;
  };
  const auto begin = Clock::now();
  {
    const Crew crew(worker("two"), commands_, ATELIER_FAKE_PROGRAM, act_abilities());
    while (done() < 20 && seconds_since(begin) < 20) std::this_thread::sleep_for(20ms);
  }
  EXPECT_EQ(one.ask("GET", "/api/v1/jobs/" + id).json()["state"], "queued");
  const int reached = done();
  EXPECT_GE(reached, 20);
  const Crew crew(worker("three"), commands_, ATELIER_FAKE_PROGRAM, act_abilities());
  const nlohmann::json job = one.ended(id);
  EXPECT_EQ(job["state"], "done");
  EXPECT_EQ(job["attempts"], 2);
  const std::string log = one.ask("GET", "/api/v1/jobs/" + id + "/log").body;
  int after = 0, logged = 0;
  ASSERT_NE(log.find("goes on"), log.npos) << log;
  ASSERT_EQ(std::sscanf(log.substr(log.find("goes on")).c_str(), "goes on after step %d, %d logged",
                        &after, &logged),
            2);
  EXPECT_GE(after, reached - 1) << "the last checkpoint was taken along";
  EXPECT_GE(logged, after) << "and what lies beside it";
}

TEST_P(MachinesTest, HaveATokenEach) {
  OpenStudio one(machine("one"), 0), two(machine("two"), 0);
  EXPECT_NE(one.token(), two.token());
  for (OpenStudio* studio : {&one, &two})
    EXPECT_EQ(studio->ask("GET", "/api/v1/files").status, 200);
  const OpenStudio again(machine("one"), 0);
  EXPECT_EQ(two.ask("GET", "/api/v1/files").status, 200);
  EXPECT_EQ(two.ask("GET", "/api/v1/files", {{"Authorization", "Bearer " + one.token()}}).status,
            200);
}

INSTANTIATE_TEST_SUITE_P(Share, MachinesTest, testing::Values("Folder", "S3"),
                         [](const auto& about) { return std::string(about.param); });

}  // namespace
}  // namespace atelier::studio
