// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <string>
#include <utility>

#include "studio/place.hpp"

extern char** environ;

namespace atelier::studio {

/// A "worker" or "serve" with the stand-in for the program (stage.cpp), as a process of its own
/// that may be killed.
class StageProcess {
 public:
  StageProcess(std::string role, Place place) : role_(std::move(role)), place_(std::move(place)) {
    start();
  }
  ~StageProcess() { kill(); }
  StageProcess(StageProcess&& other) noexcept
      : role_(std::move(other.role_)),
        place_(std::move(other.place_)),
        process_(std::exchange(other.process_, -1)),
        port_(other.port_) {}
  StageProcess& operator=(StageProcess&&) = delete;

  /// SIGKILL.
  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  /// The same, and another one in its place.
  void kill_and_restart() {
    kill();
    start();
  }
  /// Where a server listens.
  [[nodiscard]] int port() const { return port_; }

 private:
  void start() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) std::abort();
    std::string program = ATELIER_STAGE, folder = place_.data.string();
    std::array<char*, 5> arguments{program.data(), role_.data(), folder.data(),
                                   place_.database.data(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    if (posix_spawn(&process_, program.c_str(), &actions, nullptr, arguments.data(), environ) != 0)
      std::abort();
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    std::array<char, 16> line{};
    if (role_ == "serve" && ::read(ends[0], line.data(), line.size() - 1) > 0)
      port_ = std::atoi(line.data());
    ::close(ends[0]);
  }

  std::string role_;
  Place place_;
  pid_t process_ = -1;
  int port_ = 0;
};

}  // namespace atelier::studio
