// SPDX-License-Identifier: Apache-2.0
#include "studio/worker/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "atelier/base/error.hpp"

namespace atelier::studio {
namespace {

constexpr std::size_t most_line = 64u << 10;
constexpr int lock_descriptor = 3;
constexpr int politeness = 5;  ///< the page is answered before jobs go on

/// Makes every descriptor from `first` on end with exec. Between fork and exec.
void close_from(unsigned first) {
#ifdef SYS_close_range
  if (::syscall(SYS_close_range, first, ~0U, 0U) == 0) return;
#endif
  const long most = ::sysconf(_SC_OPEN_MAX);
  for (long file = first; file < (most > 0 ? most : 1024); ++file) ::close(static_cast<int>(file));
}

/// What the child does before it is the program. Calls nothing that takes a lock: other threads of
/// the parent may have held it.
[[noreturn]] void become(const ChildSetup& setup, char** arguments, const std::array<int, 2>& out,
                         const std::array<int, 2>& err, int input, pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::setpgid(0, 0);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::setpriority(PRIO_PROCESS, 0, politeness);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  if (setup.memory_bytes > 0) {
    const auto most = static_cast<rlim_t>(setup.memory_bytes);
    const rlimit memory{most, most};
    ::setrlimit(RLIMIT_AS, &memory);
  }
  if (setup.cpu_seconds > 0) {
    const auto most = static_cast<rlim_t>(setup.cpu_seconds);
    const rlimit seconds{most, most + 1};
    ::setrlimit(RLIMIT_CPU, &seconds);
  }
  ::dup2(input, STDIN_FILENO);
  ::dup2(out[1], STDOUT_FILENO);
  ::dup2(err[1], STDERR_FILENO);
  unsigned first = lock_descriptor;
  if (setup.held_file == lock_descriptor) {
    ::fcntl(lock_descriptor, F_SETFD, 0);
    ++first;
  } else if (setup.held_file >= 0) {
    ::dup2(setup.held_file, lock_descriptor);
    ++first;
  }
  close_from(first);
  if (::chdir(setup.folder.c_str()) != 0) ::_exit(127);
  ::execve(setup.program.c_str(), arguments, environ);
  ::_exit(127);
}

class Descriptors {
 public:
  explicit Descriptors(std::string_view input) {
    if (::pipe2(out.data(), O_CLOEXEC) == 0 && ::pipe2(err.data(), O_CLOEXEC) == 0) {
      in = input.empty() ? ::open("/dev/null", O_RDONLY | O_CLOEXEC) : filled(input);
    }
    if (in < 0) {
      fail(ErrorKind::missing_capability, "no pipe can be made ({}).", std::strerror(errno));
    }
  }
  ~Descriptors() {
    for (const int file : {out[0], out[1], err[0], err[1], in}) {
      if (file >= 0) ::close(file);
    }
  }
  Descriptors(const Descriptors&) = delete;
  Descriptors& operator=(const Descriptors&) = delete;

  std::array<int, 2> out{-1, -1}, err{-1, -1};
  int in = -1;

 private:
  /// The reading end of a pipe that holds `input` and has no other end; -1 when it does not fit.
  static int filled(std::string_view input) {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0) return -1;
    const ssize_t count = ::write(ends[1], input.data(), input.size());
    ::close(ends[1]);
    ::fcntl(ends[0], F_SETFL, 0);
    if (count == static_cast<ssize_t>(input.size())) return ends[0];
    ::close(ends[0]);
    return -1;
  }
};

}  // namespace

Child::Child(const ChildSetup& setup, std::function<void(std::string_view)> on_line)
    : on_line_(std::move(on_line)) {
  std::vector<std::string> copies{setup.program.string()};
  copies.insert(copies.end(), setup.words.begin(), setup.words.end());
  std::vector<char*> arguments;
  arguments.reserve(copies.size() + 1);
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  Descriptors files(setup.input);
  const pid_t parent = ::getpid();
  process_ = ::fork();
  if (process_ == 0) {
    become(setup, arguments.data(), files.out, files.err, files.in, parent);
  }
  if (process_ < 0) {
    fail(ErrorKind::missing_capability, "no process can be started ({}).", std::strerror(errno));
  }
  ::setpgid(process_, process_);  // whichever of both comes first
  out_ = std::exchange(files.out[0], -1);
  err_ = std::exchange(files.err[0], -1);
  ::fcntl(out_, F_SETFL, O_NONBLOCK);
  ::fcntl(err_, F_SETFL, O_NONBLOCK);
}

Child::~Child() {
  if (!ended_) {
    kill();
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  ::close(out_);
  ::close(err_);
}

void Child::signal_group(int signal) const {
  if (!ended_) ::kill(-process_, signal);
}

bool Child::run_for(std::chrono::milliseconds patience) {
  using std::chrono::steady_clock;
  const auto deadline = steady_clock::now() + patience;
  for (;;) {
    if (reap()) return false;
    // Its pipes may be closed before it ends; look for that now and then.
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - steady_clock::now()).count();
    if (left <= 0) return true;
    std::array<pollfd, 2> wait{pollfd{out_, POLLIN, 0}, pollfd{err_, POLLIN, 0}};
    const bool open =
        ::poll(wait.data(), wait.size(), static_cast<int>(std::min<long>(left, 20))) > 0;
    if (wait[0].revents & POLLIN) read_output();
    if (wait[1].revents & POLLIN) read_lines();
    if (open && !((wait[0].revents | wait[1].revents) & POLLIN)) ::usleep(2000);
  }
}

bool Child::reap() {
  if (ended_) return true;
  siginfo_t ended{};
  if (::waitid(P_PID, static_cast<id_t>(process_), &ended, WEXITED | WNOHANG | WNOWAIT) != 0 ||
      ended.si_pid != process_) {
    return false;
  }
  // What it has started goes with it, while its number is still its own.
  ::kill(-process_, SIGKILL);
  int status = 0;
  ::waitpid(process_, &status, 0);
  ended_ = true;
  killed_ = WIFSIGNALED(status);
  status_ = killed_ ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  read_output();
  read_lines();
  if (!line_.empty()) on_line_(std::exchange(line_, {}));
  return true;
}

void Child::read_output() {
  std::array<char, 16384> piece;
  for (;;) {
    const ssize_t count = ::read(out_, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    output_.append(piece.data(), static_cast<std::size_t>(count));
    if (output_.size() > 2 * most_output) output_.erase(0, output_.size() - most_output);
  }
}

void Child::read_lines() {
  std::array<char, 16384> piece;
  for (;;) {
    const ssize_t count = ::read(err_, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    line_.append(piece.data(), static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end; (end = line_.find('\n', begin)) != line_.npos; begin = end + 1) {
      on_line_(std::string_view(line_).substr(begin, end - begin));
    }
    line_.erase(0, begin);
    if (line_.size() > most_line) on_line_(std::exchange(line_, {}));
  }
}

}  // namespace atelier::studio
