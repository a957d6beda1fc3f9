// SPDX-License-Identifier: Apache-2.0
#include "atelier/base/subprocess.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sstream>

#include "atelier/base/error.hpp"

extern char** environ;

namespace atelier {
namespace {

constexpr std::size_t max_output = 64u << 10;

class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) {
      fail(ErrorKind::missing_capability, "no pipe can be made ({}).", std::strerror(errno));
    }
  }
  ~Pipe() {
    close_writing();
    ::close(ends_[0]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  int reading() const { return ends_[0]; }
  int writing() const { return ends_[1]; }
  void close_writing() {
    if (ends_[1] >= 0) ::close(ends_[1]);
    ends_[1] = -1;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

/// posix_spawn's own settings for the child's files.
class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

void limit(pid_t child, __rlimit_resource what, std::int64_t most) {
  if (most <= 0) return;
  const rlimit value{static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  ::prlimit(child, what, &value, nullptr);
}

/// Whether something can be read, or the end is reached, before `deadline`.
bool ready(int file, std::chrono::steady_clock::time_point deadline) {
  using namespace std::chrono;
  for (;;) {
    const auto left = ceil<milliseconds>(deadline - steady_clock::now()).count();
    pollfd wait{file, POLLIN, 0};
    const int count = ::poll(&wait, 1, static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000)));
    if (count > 0 || (count < 0 && errno != EINTR)) return true;
    if (left <= 0) return false;
  }
}

/// What the child writes until its end, or until its time has passed: then it is killed.
std::string read_to_end(int file, pid_t child, int seconds, bool& timed_out) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::string output;
  std::array<char, 4096> piece;
  for (;;) {
    if (seconds > 0 && !ready(file, deadline)) {
      ::kill(child, SIGKILL);
      timed_out = true;
      break;
    }
    const ssize_t count = ::read(file, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    output.append(piece.data(), static_cast<std::size_t>(count));
    if (output.size() > 2 * max_output) output.erase(0, output.size() - max_output);
  }
  if (output.size() > max_output) output.erase(0, output.size() - max_output);
  return output;
}

}  // namespace

std::optional<std::filesystem::path> find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "/usr/local/bin:/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const std::filesystem::path candidate =
        std::filesystem::path(folder.empty() ? "." : folder) / name;
    std::error_code ignored;
    if (std::filesystem::is_regular_file(candidate, ignored) &&
        ::access(candidate.c_str(), X_OK) == 0) {
      return candidate;
    }
  }
  return std::nullopt;
}

ProcessResult run_process(const std::vector<std::string>& command, const ProcessLimits& limits) {
  Pipe pipe;
  FileActions actions;
  posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(actions.get(), pipe.writing(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(actions.get(), pipe.writing(), STDERR_FILENO);

  std::vector<std::string> copies = command;
  std::vector<char*> arguments;
  for (std::string& argument : copies) arguments.push_back(argument.data());
  arguments.push_back(nullptr);

  pid_t child = 0;
  const int error =
      posix_spawn(&child, arguments.front(), actions.get(), nullptr, arguments.data(), environ);
  if (error != 0) {
    fail(ErrorKind::missing_capability, "{} cannot be started ({}).", command.front(),
         std::strerror(error));
  }
  pipe.close_writing();
  limit(child, RLIMIT_AS, limits.memory_bytes);
  limit(child, RLIMIT_FSIZE, limits.file_bytes);
  ProcessResult result;
  result.output = read_to_end(pipe.reading(), child, limits.seconds, result.timed_out);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

std::string last_line(const std::string& output) {
  constexpr const char* blanks = " \t\r\n";
  const auto end = output.find_last_not_of(blanks);
  if (end == std::string::npos) return {};
  const auto line = output.find_last_of('\n', end);
  std::string text = output.substr(line == std::string::npos ? 0 : line + 1, end + 1);
  text.resize(std::min<std::size_t>(text.find_last_not_of(blanks) + 1, 300));
  return text;
}

}  // namespace atelier
