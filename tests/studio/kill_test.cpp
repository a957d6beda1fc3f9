// SPDX-License-Identifier: Apache-2.0
// kill -9 of workers, of the server and of what they run, in the middle.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>

#include <fstream>

#include "open_studio.hpp"
#include "placed_test.hpp"
#include "stage_process.hpp"

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

class KillTest : public PlacedTest {
 protected:
  Job submit(std::uint64_t seed, nlohmann::json options) {
    return queue_.submit(parse_request(commands_, act(seed, std::move(options))), "anna", true).job;
  }
  template <class Done>
  bool wait(Done done, std::chrono::seconds patience = 60s) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!done()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::sleep_for(20ms);
    }
    return true;
  }
  JobState state(const Job& job) { return queue_.find(job.id)->state; }

  std::vector<Command> commands_ = act_commands();
  double late_ = 0;  ///< by so much this queue's clock is before the workers'
  Records records_{place_};
  FileStore store_{place_};
  Queue queue_{records_, store_, [this] { return now_seconds() + late_; }};
};

TEST_P(KillTest, AWorkerThatIsKilledLosesNothing) {
  const Job job = submit(1, {{"steps", 20}, {"pause", 100}});
  StageProcess first("worker", place_);
  ASSERT_TRUE(wait([&] { return state(job) == JobState::running; }));
  first.kill();
  // The lease runs out; here at once, since nobody wants to wait for it.
  late_ = Queue::lease_seconds + 1;
  EXPECT_EQ(queue_.reap(), 1);
  late_ = 0;
  EXPECT_EQ(state(job), JobState::queued);
  StageProcess second("worker", place_);
  ASSERT_TRUE(wait([&] { return state(job) == JobState::done; }));
  const Job done = *queue_.find(job.id);
  EXPECT_EQ(done.attempts, 2);
  EXPECT_EQ(done.losses, 1);
  EXPECT_EQ(done.outputs.size(), 1u);
}

/// The second worker finds nothing in the job's folder, as on another machine.
TEST_P(KillTest, AJobGoesOnFromTheCheckpointOfAWorkerThatIsKilled) {
  const Job job = submit(1, {{"steps", 60}, {"pause", 50}, {"keeps", true}});
  const auto done = [&] { return queue_.find(job.id)->progress.value("done", 0); };
  StageProcess first("worker", place_);
  ASSERT_TRUE(wait([&] { return !queue_.find(job.id)->checkpoint.empty() && done() >= 10; }));
  first.kill();
  std::filesystem::remove_all(folder_.path() / "jobs" / job.id);
  late_ = Queue::lease_seconds + 1;
  EXPECT_EQ(queue_.reap(), 1);
  late_ = 0;
  const int reached = done();
  EXPECT_GE(reached, 10) << "what was told stays";
  EXPECT_EQ(queue_.find(job.id)->checkpoint, job.id + "-1");
  StageProcess second("worker", place_);
  int least = reached;
  ASSERT_TRUE(wait([&] {
    least = std::min(least, done());
    return state(job) == JobState::done;
  }));
  EXPECT_GE(least, 1) << "progress goes back to the checkpoint at most";
  int after = 0;
  const std::string log = queue_.log(job.id);
  ASSERT_EQ(std::sscanf(log.substr(log.find("goes on")).c_str(), "goes on after step %d", &after),
            1)
      << log;
  EXPECT_GE(after, 1);
  EXPECT_LE(after, reached + 1);
  const auto points = queue_.points(job.id);
  ASSERT_GT(points.size(), 10u);
  for (std::size_t i = 1; i < points.size(); ++i)
    EXPECT_GT(points[i]["done"].get<int>(), points[i - 1]["done"].get<int>());
  EXPECT_TRUE(wait([&] { return std::filesystem::is_empty(folder_.path() / "checkpoints"); }, 5s));
  EXPECT_EQ(queue_.find(job.id)->checkpoint, "");
}

TEST_P(KillTest, WhatAKilledWorkerRanEndsWithIt) {
  const Job job = submit(1, {{"steps", 1000}, {"pause", 100}});
  StageProcess worker("worker", place_);
  ASSERT_TRUE(wait([&] { return state(job) == JobState::running; }));
  const std::filesystem::path lock = folder_.path() / "jobs" / job.id / "lock";
  const auto is_held = [&] {
    const int file = ::open(lock.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return false;
    const bool held = ::flock(file, LOCK_EX | LOCK_NB) != 0;
    ::close(file);
    return held;
  };
  ASSERT_TRUE(wait(is_held));
  worker.kill();
  EXPECT_TRUE(wait([&] { return !is_held(); }, 5s));
}

TEST_P(KillTest, AServerThatIsKilledGoesOnWhereItWas) {
  Job job;
  {
    StageProcess server("serve", place_);
    ASSERT_GT(server.port(), 0);
    job = submit(1, {{"steps", 30}, {"pause", 50}});
    StageProcess worker("worker", place_);
    ASSERT_TRUE(wait([&] { return state(job) == JobState::running; }));
    server.kill();
    // The worker needs no server.
    ASSERT_TRUE(wait([&] { return state(job) == JobState::done; }));
  }
  OpenStudio again(place_, 0);
  const nlohmann::json shown = again.ask("GET", "/api/v1/jobs/" + job.id).json();
  EXPECT_EQ(shown["state"], "done");
  EXPECT_EQ(again
                .ask("GET", "/api/v1/files/" + shown["outputs"][0]["digest"].get<std::string>() +
                                "/content")
                .body,
            "seed 1\n");
}

TEST_P(KillTest, AnUploadThatWasCutOffLeavesNothing) {
  StageProcess server("serve", place_);
  ASSERT_GT(server.port(), 0);
  std::ifstream file(folder_.path() / "token");
  std::string token;
  file >> token;
  RawClient client(server.port());
  client.send(
      fmt::format("POST /api/v1/files HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: "
                  "Bearer {}\r\nContent-Length: 1000000\r\n\r\n{}",
                  server.port(), token, std::string(500'000, 'x')));
  const auto incoming = folder_.path() / "incoming";
  ASSERT_TRUE(wait([&] { return !std::filesystem::is_empty(incoming); }));
  server.kill();
  OpenStudio again(place_, 0);
  again.studio().store.forget_incoming();
  EXPECT_TRUE(std::filesystem::is_empty(incoming));
  EXPECT_EQ(again.ask("GET", "/api/v1/files").json()["files"].size(), 0u);
}

INSTANTIATE_TEST_SUITE_P(On, KillTest, both_dialects, dialect_name);

}  // namespace
}  // namespace atelier::studio
