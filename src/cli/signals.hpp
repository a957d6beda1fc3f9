// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <thread>

namespace atelier::cli {

/// While it lives, the first SIGINT or SIGTERM asks for a stop and the second ends the program at
/// once.
class StopOnSignal {
 public:
  StopOnSignal();
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  [[nodiscard]] std::stop_token token() const noexcept { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  std::thread watcher_;  // a handler may do little more than write a byte; this reads it
};

/// A closed pipe is an error that writing reports, not the program's end.
void ignore_broken_pipes();

}  // namespace atelier::cli
