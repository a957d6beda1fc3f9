// SPDX-License-Identifier: Apache-2.0
#include "cli/signals.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>

#include "atelier/base/error.hpp"

namespace atelier::cli {
namespace {

int event = -1;  // the only state a handler can reach

constexpr std::uint64_t asked_to_stop = 1;
constexpr std::uint64_t no_longer_needed = std::uint64_t{1} << 32;

void notify(std::uint64_t what) {
  [[maybe_unused]] const auto written = ::write(event, &what, sizeof what);
}

extern "C" void on_signal(int) {
  const int saved = errno;
  notify(asked_to_stop);
  errno = saved;
}

void handle(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  // The second signal meets the default action: the end.
  action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

}  // namespace

StopOnSignal::StopOnSignal() {
  event = ::eventfd(0, EFD_CLOEXEC);
  if (event < 0) fail(ErrorKind::internal, "the system has no event descriptor left.");
  watcher_ = std::thread([this] {
    std::uint64_t what = 0;
    while (::read(event, &what, sizeof what) < 0 && errno == EINTR) {
    }
    if (what % no_longer_needed != 0) stop_.request_stop();
  });
  handle(on_signal);
}

StopOnSignal::~StopOnSignal() {
  handle(SIG_DFL);
  notify(no_longer_needed);
  watcher_.join();
  ::close(event);
  event = -1;
}

void ignore_broken_pipes() {
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace atelier::cli
