// SPDX-License-Identifier: Apache-2.0
// kill -9 of workers, of the server and of what they run, in the middle.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>

#include "open_studio.hpp"

extern char** environ;

namespace atelier::studio {
namespace {

using namespace std::chrono_literals;

/// A worker or server as a process of its own.
class Stage {
 public:
  Stage(const char* role, const std::filesystem::path& data) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) std::abort();
    std::string program = ATELIER_STAGE, word = role, folder = data.string();
    char* arguments[] = {program.data(), word.data(), folder.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    if (posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments, environ) != 0)
      std::abort();
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (word == "serve") {
      char line[16] = {};
      if (::read(ends[0], line, sizeof line - 1) > 0) port_ = std::atoi(line);
    }
    ::close(ends[0]);
  }
  ~Stage() { kill(); }
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  [[nodiscard]] int port() const { return port_; }

 private:
  pid_t process_ = -1;
  int port_ = 0;
};

class KillTest : public testing::Test {
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

  TemporaryFolder folder_;
  std::vector<Command> commands_ = act_commands();
  double late_ = 0;  ///< by so much this queue's clock is before the workers'
  Records records_{folder_.path()};
  FileStore store_{folder_.path()};
  Queue queue_{records_, store_, [this] { return now_seconds() + late_; }};
};

TEST_F(KillTest, AWorkerThatIsKilledLosesNothing) {
  const Job job = submit(1, {{"steps", 20}, {"pause", 100}});
  Stage first("worker", folder_.path());
  ASSERT_TRUE(wait([&] { return state(job) == JobState::running; }));
  first.kill();
  // The lease runs out; here at once, since nobody wants to wait for it.
  late_ = Queue::lease_seconds + 1;
  EXPECT_EQ(queue_.reap(), 1);
  late_ = 0;
  EXPECT_EQ(state(job), JobState::queued);
  Stage second("worker", folder_.path());
  ASSERT_TRUE(wait([&] { return state(job) == JobState::done; }));
  const Job done = *queue_.find(job.id);
  EXPECT_EQ(done.attempts, 2);
  EXPECT_EQ(done.losses, 1);
  EXPECT_EQ(done.outputs.size(), 1u);
}

TEST_F(KillTest, WhatAKilledWorkerRanEndsWithIt) {
  const Job job = submit(1, {{"steps", 1000}, {"pause", 100}});
  Stage worker("worker", folder_.path());
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

TEST_F(KillTest, AServerThatIsKilledGoesOnWhereItWas) {
  Job job;
  {
    Stage server("serve", folder_.path());
    ASSERT_GT(server.port(), 0);
    job = submit(1, {{"steps", 30}, {"pause", 50}});
    Stage worker("worker", folder_.path());
    ASSERT_TRUE(wait([&] { return state(job) == JobState::running; }));
    server.kill();
    // The worker needs no server.
    ASSERT_TRUE(wait([&] { return state(job) == JobState::done; }));
  }
  OpenStudio again(folder_.path(), 0);
  const nlohmann::json shown = again.ask("GET", "/api/v1/jobs/" + job.id).json();
  EXPECT_EQ(shown["state"], "done");
  EXPECT_EQ(again
                .ask("GET", "/api/v1/files/" + shown["outputs"][0]["digest"].get<std::string>() +
                                "/content")
                .body,
            "seed 1\n");
}

TEST_F(KillTest, AnUploadThatWasCutOffLeavesNothing) {
  Stage server("serve", folder_.path());
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
  OpenStudio again(folder_.path(), 0);
  again.studio().store.forget_incoming();
  EXPECT_TRUE(std::filesystem::is_empty(incoming));
  EXPECT_EQ(again.ask("GET", "/api/v1/files").json()["files"].size(), 0u);
}

}  // namespace
}  // namespace atelier::studio
