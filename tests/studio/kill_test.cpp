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
